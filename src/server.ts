import { migrate } from '../db/migrate.ts';
import { toServiceError } from '../db/to-service-error.ts';
import { loadConfig } from './config.ts';
import { exitWithError } from './exit-with-error.ts';
import { installRuntime } from './install-runtime.ts';
import { loadEnvFile } from './load-env-file.ts';
import { createLogger } from './logger.ts';
import { findAddresses, openContext } from './open-context.ts';
import { runUntilSignal } from './run-until-signal.ts';
import { startServer } from './start-server.ts';

/** An API process: `npm run server`. Migrates the database first; copies wait for each other. */
async function main(): Promise<void> {
  loadEnvFile();
  const config = loadConfig(process.env);
  const logger = createLogger(config);
  installRuntime(logger);
  const addresses = findAddresses(config);
  await migrate(addresses.databaseUrl).catch((error: unknown) => {
    throw toServiceError(error);
  });
  const context = await openContext(config, logger, addresses);
  const app = await startServer(context);
  logger.info({ host: config.http.host, port: config.http.port }, 'API listens');
  await runUntilSignal();
  await app.close();
  await context.close();
  logger.info('API stopped');
}

await main().catch(exitWithError);
