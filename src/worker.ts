import { loadConfig } from './config.ts';
import { exitWithError } from './exit-with-error.ts';
import { installRuntime } from './install-runtime.ts';
import { loadEnvFile } from './load-env-file.ts';
import { createLogger } from './logger.ts';
import { findAddresses, openContext } from './open-context.ts';
import { runUntilSignal } from './run-until-signal.ts';
import { startWorker } from './start-worker.ts';
import { applyNamespace } from './temporal/apply-temporal.ts';

/** A worker process: `npm run worker`. Start as many as the load needs. */
async function main(): Promise<void> {
  loadEnvFile();
  const config = loadConfig(process.env);
  const logger = createLogger(config);
  installRuntime(logger);
  const context = await openContext(config, logger, findAddresses(config));
  await applyNamespace(context.connection, context.namespace, context.temporal);
  const worker = await startWorker({ ...context, pauseSchedule: context.schedules.pause });
  logger.info({ namespace: context.namespace, queues: config.temporal.workerQueues }, 'Worker polls');
  await Promise.race([runUntilSignal(), worker.finished]);
  await worker.stop();
  await context.close();
  logger.info('Worker stopped');
}

await main().catch(exitWithError);
