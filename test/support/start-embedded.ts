import { join } from 'node:path';
import { findTemporal } from '../../src/embedded/find-temporal.ts';
import { lockHome } from '../../src/embedded/lock-home.ts';
import { startPostgres } from '../../src/embedded/start-postgres.ts';
import { startTemporal } from '../../src/embedded/start-temporal.ts';

/**
 * A process that tests may kill: starts both servers in the home of argv[2], prints one JSON line `{postgres, temporal}`
 * with pid and address of each, and stays until SIGTERM, on which it stops both.
 */
const home = process.argv[2] ?? '';
const say = (line: string) => console.error(line);
const lock = await lockHome(home);
const postgres = await startPostgres({ dataDir: join(home, 'postgres'), port: 0, durable: true, say });
const temporal = await startTemporal({
  executable: await findTemporal({ home, say: () => undefined }),
  dataFile: join(home, 'temporal', 'temporal.db'),
  port: 0,
  uiPort: 0,
  namespace: 'mailroom',
  searchAttributes: {},
  durable: true,
  say,
});
process.once('SIGTERM', () => {
  void Promise.all([postgres.stop(), temporal.stop()]).then(() => lock.release());
});
console.log(
  JSON.stringify({
    postgres: { pid: postgres.pid, url: postgres.url },
    temporal: { pid: temporal.pid, address: temporal.address },
  }),
);
