import { mkdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { choosePort } from './choose-port.ts';
import { choosePostgresUser } from './choose-postgres-user.ts';
import { ensureDatabase } from './ensure-database.ts';
import { findPostgresBinaries } from './find-postgres-binaries.ts';
import { initialiseCluster } from './initialise-cluster.ts';
import { launchServer } from './launch-server.ts';
import type { RunningServer } from './running-server.ts';
import { stopLeftover } from './stop-leftover.ts';

export interface PostgresOptions {
  /** Folder that holds the cluster, its password and its log; created when missing. */
  readonly dataDir: string;
  /** Port that the configuration asks for; without one 5433 or any free port; 0 for any. */
  readonly port?: number | undefined;
  /** Says one line about what takes time or was found. */
  readonly say: (line: string) => void;
  /** false for tests only: no fsync, a crash may lose everything. */
  readonly durable: boolean;
}

const NAME = 'mailroom';
const GRACE_MS = 8000;
// Crash recovery replays at most max_wal_size; a slow disk needs its time.
const READY_WITHIN_MS = 120_000;

/**
 * Starts the embedded PostgreSQL 18 on 127.0.0.1, with a random password kept in a 0600 file beside its data.
 * @returns the server and `url`, a connection URL to the database `mailroom` as its owner.
 * @throws ServiceError `InvalidInput` (port taken), `PermissionDenied` (root that cannot lend its folders),
 *   `Unavailable` (it does not start; with the last lines of its log).
 */
export async function startPostgres(
  options: PostgresOptions,
): Promise<RunningServer & { readonly url: string }> {
  const { port, say, durable } = options;
  const dataDir = resolve(options.dataDir);
  const { initdb, postgres } = findPostgresBinaries();
  await mkdir(dataDir, { recursive: true });
  const user = await choosePostgresUser(initdb, dataDir);
  await initialiseCluster({ initdb, dataDir, role: NAME, user, durable });
  const pgdata = join(dataDir, 'cluster', 'pgdata');
  const pidFile = join(pgdata, 'postmaster.pid');
  const isOurs = (identity: string) => identity.includes(` -D ${pgdata} `);
  const left = await stopLeftover({ pidFile, isOurs, signal: 'SIGINT', graceMs: GRACE_MS });
  if (left !== undefined) say(`Stopped a PostgreSQL (pid ${left}) that an earlier start left behind`);
  const server = await launchServer({
    name: 'PostgreSQL',
    choosePorts: async () => [
      await choosePort({
        asked: port,
        preferred: 5433,
        variable: 'POSTGRES_PORT',
        purpose: 'the embedded PostgreSQL',
      }),
    ],
    guarded: ([chosen]) => ({
      command: [...user.prefix, postgres, '-D', pgdata, '-p', String(chosen), ...toFlags(durable)],
      cwd: '/',
      logFile: join(dataDir, 'postgres.log'),
      stopSignal: 'INT',
      graceSeconds: GRACE_MS / 1000,
      user: user.user,
    }),
    isReady: (_ports, pid) => isReady(pidFile, pid),
    readyWithinMs: READY_WITHIN_MS,
  });
  const password = (await readFile(join(dataDir, 'cluster', 'password'), 'utf8')).trim();
  const url = `postgres://${NAME}:${password}@127.0.0.1:${server.ports[0]}/${NAME}`;
  await ensureDatabase(url, NAME);
  return { ...server, url };
}

/** The pid file of a killed server says "ready" too, hence the pid. */
async function isReady(pidFile: string, pid: number): Promise<boolean> {
  const lines = (await readFile(pidFile, 'utf8').catch(() => '')).split('\n');
  return lines[0] === String(pid) && lines[7]?.trim() === 'ready';
}

/** Modest memory, TCP only: a socket path below a deep home would pass its limit of 107 bytes. */
function toFlags(durable: boolean): string[] {
  const settings: Record<string, string | number> = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    shared_buffers: '64MB',
    max_connections: durable ? 100 : 300,
    max_parallel_workers_per_gather: 0,
    jit: 'off',
    wal_level: 'minimal',
    max_wal_senders: 0,
    max_wal_size: '256MB',
    ...(durable ? {} : { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' }),
  };
  return Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
}
