import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SEARCH_ATTRIBUTES } from '../../src/contract/search-attributes.ts';
import { findTemporal } from '../../src/embedded/find-temporal.ts';
import { isAlive } from '../../src/embedded/is-alive.ts';
import { startPostgres } from '../../src/embedded/start-postgres.ts';
import { startTemporal } from '../../src/embedded/start-temporal.ts';

export interface TestServers {
  /** Owner of the cluster, database `mailroom`; use `createTestDatabase` for one of your own. */
  readonly postgresUrl: string;
  readonly temporalAddress: string;
  readonly temporalNamespace: string;
  /** For what the files of a run share; it goes with the servers. */
  readonly folder: string;
  stop(): Promise<void>;
}

const PREFIX = 'mailroom-test-';
const NAMESPACE = 'mailroom-test';

/** One PostgreSQL and one Temporal for a whole run, on free ports, in a new folder that `stop` removes. */
export async function startServers(say: (line: string) => void): Promise<TestServers> {
  await removeLeftovers();
  const folder = join(tmpdir(), `${PREFIX}${process.pid}-${randomBytes(4).toString('hex')}`);
  await mkdir(folder);
  const [postgres, temporal] = await Promise.all([
    startPostgres({ dataDir: join(folder, 'postgres'), port: 0, say, durable: false }),
    findTemporal({ home: folder, say }).then((executable) =>
      startTemporal({
        executable,
        dataFile: join(folder, 'temporal', 'temporal.db'),
        port: 0,
        uiPort: 0,
        namespace: NAMESPACE,
        searchAttributes: Object.fromEntries(SEARCH_ATTRIBUTES.map(({ name }) => [name, 'Keyword'])),
        durable: false,
        say,
      }),
    ),
  ]);
  return {
    postgresUrl: postgres.url,
    temporalAddress: temporal.address,
    temporalNamespace: NAMESPACE,
    folder,
    stop: async () => {
      await Promise.all([postgres.stop(), temporal.stop()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Folders of runs that were killed: their servers went with them, their files did not. */
async function removeLeftovers(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = name.startsWith(PREFIX) ? Number.parseInt(name.slice(PREFIX.length), 10) : Number.NaN;
    if (pid > 0 && !isAlive(pid)) await rm(join(tmpdir(), name), { recursive: true, force: true });
  }
}
