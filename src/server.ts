import { migrate } from '../db/migrate.ts';
import { loadConfig } from './config.ts';
import { exitWithError } from './exit-with-error.ts';
import { createLogger } from './logger.ts';
import { findAddresses, openContext } from './open-context.ts';
import { runUntilSignal } from './run-until-signal.ts';
import { startServer } from './start-server.ts';
import { installRuntime } from './start-worker.ts';

/** An API process: `npm run server`. Migrates the database first; copies wait for each other. */
async function main(): Promise<void> {
  const config = loadConfig(process.env);
  const logger = createLogger(config);
  installRuntime(logger);
  const addresses = findAddresses(config);
  await migrate(addresses.databaseUrl);
  const context = await openContext(config, logger, addresses);
  const app = await startServer(context);
  logger.info({ host: config.http.host, port: config.http.port }, 'API listens');
  await runUntilSignal();
  await app.close();
  await context.close();
  logger.info('API stopped');
}

await main().catch(exitWithError);
