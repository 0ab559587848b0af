import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '../../db/migrate.ts';
import { loadConfig } from '../../src/config.ts';
import { startEmbedded } from '../../src/embedded/start-embedded.ts';
import { installRuntime } from '../../src/install-runtime.ts';
import { createLogger } from '../../src/logger.ts';
import { type Context, openContext } from '../../src/open-context.ts';
import { applyNamespace } from '../../src/temporal/apply-temporal.ts';
import { say } from './bench-options.ts';

/** Gives a bench servers of its own, with data on disk as in `npm start`, and removes all of it. */
export async function withMailroom<T>(work: (context: Context, folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'mailroom-bench-'));
  const config = loadConfig({ MAILROOM_HOME: join(folder, 'home'), LOG_LEVEL: 'error' });
  const logger = createLogger(config);
  installRuntime(logger);
  const servers = await startEmbedded(config, config.home, process.env.PATH, say);
  try {
    await migrate(servers.databaseUrl);
    const context = await openContext(config, logger, servers);
    try {
      await applyNamespace(context.connection, context.namespace, context.temporal);
      return await work(context, folder);
    } finally {
      await context.close();
    }
  } finally {
    await servers.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
