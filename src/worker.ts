import { reviveEarlierBatches } from './cli/earlier-batches.ts';
import { loadConfig } from './config.ts';
import { exitWithError } from './exit-with-error.ts';
import { installRuntime } from './install-runtime.ts';
import { loadEnvFile } from './load-env-file.ts';
import { createLogger } from './logger.ts';
import { type Context, findAddresses, openContext } from './open-context.ts';
import { runUntilSignal } from './run-until-signal.ts';
import { serveWorkerMetrics } from './serve-worker-metrics.ts';
import { startWorker } from './start-worker.ts';
import { applyNamespace, applyTemporal } from './temporal/apply-temporal.ts';

/** A worker process: `npm run worker`. Start as many as the load needs. */
async function main(): Promise<void> {
  loadEnvFile();
  const config = loadConfig(process.env);
  const logger = createLogger(config);
  installRuntime(logger);
  const context = await openContext(config, logger, findAddresses(config));
  await applyNamespace(context.connection, context.namespace, context.temporal);
  const worker = await startWorker({ ...context, pauseSchedule: context.schedules.pause });
  const metrics =
    config.workerMetricsPort === undefined
      ? undefined
      : await serveWorkerMetrics({ host: config.http.host, port: config.workerMetricsPort }, context.answers);
  logger.info({ namespace: context.namespace, queues: config.temporal.workerQueues }, 'Worker polls');
  void takeUp(context);
  await Promise.race([runUntilSignal(), worker.finished]);
  await worker.stop();
  metrics?.close();
  await context.close();
  logger.info('Worker stopped');
}

/** Schedules and imports that a lost server or a killed process left without a run. The worker serves without them. */
async function takeUp(context: Context): Promise<void> {
  const warn = (what: string) => (err: unknown) => context.logger.warn({ err }, what);
  const { connection, namespace, temporal: config, schedules, stores } = context;
  await stores.accounts
    .list()
    .then((accounts) => applyTemporal({ connection, namespace, config, schedules, accounts }))
    .catch(warn('The schedules of accounts were not put right'));
  await reviveEarlierBatches(context).catch(warn('Earlier imports were not taken up'));
}

await main().catch(exitWithError);
