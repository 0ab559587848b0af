import { randomUUID } from 'node:crypto';
import { Client } from '@temporalio/client';
import {
  DefaultLogger,
  makeTelemetryFilterString,
  NativeConnection,
  Runtime,
  Worker,
} from '@temporalio/worker';
import { inject } from 'vitest';
import type { Activities } from '../../../src/contract/activities.ts';
import { QUEUE_NAMES } from '../../../src/contract/queues.ts';
import { SEARCH_ATTRIBUTES } from '../../../src/contract/search-attributes.ts';
import { loadTemporalConfig } from '../../../src/temporal-config.ts';
import { loadWorkflowBundle } from '../../../src/workflow-bundle.ts';
import { BUNDLE_CACHE } from '../../support/bundle-cache.ts';

const KEYWORD = 2;
const DAY_SECONDS = 86_400;

/** The real workflows over given activities, in a namespace of its own: queue names are fixed. */
export async function startTestWorker(activities: Partial<Activities>) {
  Runtime.install({
    logger: new DefaultLogger('ERROR'),
    telemetryOptions: { logging: { filter: makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' }) } },
  });
  const address = inject('temporalAddress');
  const namespace = `api-${randomUUID()}`;
  const connection = await NativeConnection.connect({ address });
  await createNamespace(connection, namespace);
  const worker = await Worker.create({
    connection,
    namespace,
    taskQueue: QUEUE_NAMES.main,
    workflowBundle: await loadWorkflowBundle({
      policy: loadTemporalConfig().policy,
      cacheFolder: BUNDLE_CACHE,
    }),
    activities,
    shutdownForceTime: 2_000,
  });
  const running = worker.run();
  return {
    client: new Client({ connection, namespace }),
    async stop() {
      worker.shutdown();
      await running;
      await connection.close();
    },
  };
}

async function createNamespace(connection: NativeConnection, namespace: string): Promise<void> {
  await connection.workflowService.registerNamespace({
    namespace,
    workflowExecutionRetentionPeriod: { seconds: DAY_SECONDS as never },
  });
  await connection.operatorService.addSearchAttributes({
    namespace,
    searchAttributes: Object.fromEntries(SEARCH_ATTRIBUTES.map(({ name }) => [name, KEYWORD])),
  });
}
