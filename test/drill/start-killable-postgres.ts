import getPort from 'get-port';
import { startPostgres } from '../../src/embedded/start-postgres.ts';
import type { KillableServer } from './start-killable-temporal.ts';

/** `durable` false: for drills that do not kill it. */
export async function startKillablePostgres(
  dataDir: string,
  durable: boolean,
): Promise<KillableServer & { readonly url: string }> {
  const port = await getPort();
  const start = () => startPostgres({ dataDir, port, durable, say: () => undefined });
  let server = await start();
  return {
    url: server.url,
    stop: () => server.stop(),
    async killAndRestart() {
      // Immediate shutdown: nothing is written or waited for, as in a crash, and no child of it is left.
      process.kill(server.pid, 'SIGQUIT');
      await server.exited;
      server = await start();
    },
  };
}
