import { mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { ServiceError } from '../domain/service-error.ts';
import { choosePort } from './choose-port.ts';
import { identifyProcess } from './identify-process.ts';
import { launchServer } from './launch-server.ts';
import { prepareNamespace } from './prepare-namespace.ts';
import type { RunningServer } from './running-server.ts';
import { setUnfinishedAside } from './set-unfinished-aside.ts';
import { stopLeftover } from './stop-leftover.ts';

export interface TemporalOptions {
  /** Path of the `temporal` program, see `findTemporal`. */
  readonly executable: string;
  /** SQLite file that keeps every workflow; its folder also takes the log and the pid file. */
  readonly dataFile: string;
  /** Ports that the configuration asks for; without them 7233 and 8233 or any free ones; 0 for any. */
  readonly port?: number | undefined;
  readonly uiPort?: number | undefined;
  readonly namespace: string;
  /** Server settings over `DYNAMIC_CONFIG`. */
  readonly dynamicConfig?: Readonly<Record<string, string | number | boolean>>;
  /** Name to type: Keyword, Text, Int, Double, Bool, Datetime or KeywordList. */
  readonly searchAttributes: Readonly<Record<string, string>>;
  /** false for tests only: does not wait for the disk. */
  readonly durable: boolean;
  /** Says one line about what takes time or was found. */
  readonly say: (line: string) => void;
}

export interface TemporalServer extends RunningServer {
  /** host:port of the gRPC frontend. */
  readonly address: string;
  readonly uiUrl: string;
}

const GRACE_MS = 8000;
const READY_WITHIN_MS = 60_000;
const HOST = '127.0.0.1';
// One partition cuts the tail of a burst on a small machine; fairness implies the matcher that knows priorities.
const DYNAMIC_CONFIG = {
  'matching.numTaskqueueReadPartitions': 1,
  'matching.numTaskqueueWritePartitions': 1,
  'matching.enableFairness': true,
};

/**
 * Starts a Temporal dev server with a database file and waits until its namespace and search attributes answer.
 * @throws ServiceError `InvalidInput` (port taken), `Unavailable` (it does not start or its database is damaged).
 */
export async function startTemporal(options: TemporalOptions): Promise<TemporalServer> {
  const dataFile = resolve(options.dataFile);
  const pidFile = `${dataFile}.pid`;
  await mkdir(dirname(dataFile), { recursive: true });
  const isOurs = (identity: string, lines: readonly string[]) => identity === lines[1];
  const left = await stopLeftover({ pidFile, isOurs, signal: 'SIGTERM', graceMs: GRACE_MS });
  if (left !== undefined)
    options.say(`Stopped a Temporal server (pid ${left}) that an earlier start left behind`);
  const marker = `${dataFile}.ready`;
  const aside = await setUnfinishedAside(dataFile, marker);
  if (aside !== undefined) options.say(`Set the unfinished database of a killed first start aside: ${aside}`);
  const server = await launchServer({
    name: 'Temporal',
    choosePorts: () => choosePorts(options),
    guarded: ([port, uiPort]) => ({
      command: [
        options.executable,
        ...toArguments(options, dataFile),
        '--port',
        String(port),
        '--ui-port',
        String(uiPort),
      ],
      cwd: dirname(dataFile),
      logFile: join(dirname(dataFile), 'temporal.log'),
      stopSignal: 'TERM',
      graceSeconds: GRACE_MS / 1000,
    }),
    isReady: ([port]) => prepareNamespace(`${HOST}:${port}`, options.namespace, options.searchAttributes),
    readyWithinMs: READY_WITHIN_MS,
    explain: (lastLines) => explainDamage(lastLines, dataFile),
  });
  await writeFile(marker, '');
  await writeFile(pidFile, `${server.pid}\n${identifyProcess(server.pid) ?? ''}\n`);
  const [port, uiPort] = server.ports;
  return { ...server, address: `${HOST}:${port}`, uiUrl: `http://${HOST}:${uiPort}` };
}

async function choosePorts({ port, uiPort }: TemporalOptions): Promise<readonly number[]> {
  const grpc = { asked: port, preferred: 7233, variable: 'TEMPORAL_PORT', purpose: 'the Temporal server' };
  const ui = { asked: uiPort, preferred: 8233, variable: 'TEMPORAL_UI_PORT', purpose: 'the Temporal Web UI' };
  return [await choosePort(grpc), await choosePort(ui)];
}

function toArguments(options: TemporalOptions, dataFile: string): string[] {
  const settings = { ...DYNAMIC_CONFIG, ...options.dynamicConfig };
  return [
    ...['server', 'start-dev', '--ip', HOST, '--log-level', 'error', '--namespace', options.namespace],
    // Twice as many starts a second as the rollback journal, and FULL still waits for the disk at each commit.
    ...['--sqlite-pragma', 'journal_mode=wal', '--sqlite-pragma', `synchronous=${options.durable ? 2 : 0}`],
    // Relative to its working folder: in a whole path, '#', '?' and '%' would be read as parts of a URI.
    ...['--db-filename', basename(dataFile)],
    ...Object.entries(options.searchAttributes).flatMap(([name, type]) => [
      '--search-attribute',
      `${name}=${type}`,
    ]),
    ...Object.entries(settings).flatMap(([key, value]) => [
      '--dynamic-config-value',
      `${key}=${JSON.stringify(value)}`,
    ]),
  ];
}

function explainDamage(lastLines: string, dataFile: string): ServiceError | undefined {
  if (!/not a database|malformed|disk image/i.test(lastLines)) return undefined;
  return new ServiceError('Unavailable', `The database file of Temporal is damaged: ${dataFile}`, {
    fix: `Restore it from a backup, or move it and its -wal and -shm files away to begin with an empty history`,
    details: { dataFile },
  });
}
