import { join } from 'node:path';
import getPort from 'get-port';
import { findTemporal } from '../../src/embedded/find-temporal.ts';
import { startTemporal } from '../../src/embedded/start-temporal.ts';
import type { TemporalConfig } from '../../src/temporal-config.ts';

/** A server that is killed and comes back on its port, with what it had on its disk. */
export interface KillableServer {
  killAndRestart(): Promise<void>;
  stop(): Promise<void>;
}

/** `durable` false: for drills that do not kill it. */
export async function startKillableTemporal(
  folder: string,
  policy: TemporalConfig,
  durable: boolean,
): Promise<KillableServer & { readonly address: string }> {
  const say = () => undefined;
  const executable = await findTemporal({ home: folder, path: process.env.PATH, say });
  const port = await getPort();
  const start = () =>
    startTemporal({
      executable,
      dataFile: join(folder, 'temporal', 'temporal.db'),
      port,
      uiPort: 0,
      namespace: policy.namespace.name,
      searchAttributes: policy.searchAttributes,
      durable,
      say,
    });
  let server = await start();
  return {
    address: server.address,
    stop: () => server.stop(),
    async killAndRestart() {
      process.kill(server.pid, 'SIGKILL');
      await server.exited;
      server = await start();
    },
  };
}
