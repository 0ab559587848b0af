import type { Client } from '@temporalio/client';
import type { NativeConnection } from '@temporalio/worker';
import type { Logger } from 'pino';
import { createActivities } from '../activities/create-activities.ts';
import type { Embedder } from './analysis/embedding/embedder.ts';
import type { Config } from './config.ts';
import type { AccountTaxonomies } from './create-account-taxonomies.ts';
import { createActivityDependencies } from './create-activity-dependencies.ts';
import type { Answers } from './create-answers.ts';
import type { Breakers } from './create-breakers.ts';
import type { OpenCredentials } from './create-credentials.ts';
import type { Stores } from './create-stores.ts';
import { createWorkers } from './create-workers.ts';
import { createImapConnections } from './mail/imap/create-imap-connections.ts';
import { createMailReader } from './mail/reader/create-mail-reader.ts';
import { DEFAULT_READING } from './mail/reader/default-reading.ts';
import type { Sealer } from './security/seal.ts';
import type { TemporalConfig } from './temporal-config.ts';
import { loadWorkflowBundle } from './workflow-bundle.ts';

export interface WorkerParts {
  readonly config: Config;
  readonly temporal: TemporalConfig;
  readonly namespace: string;
  readonly connection: NativeConnection;
  readonly client: Client;
  readonly logger: Pick<Logger, 'warn'>;
  readonly stores: Stores;
  readonly sealer: Sealer;
  readonly breakers: Breakers;
  readonly answers: Pick<Answers, 'cache'>;
  readonly taxonomies: AccountTaxonomies;
  readonly openCredentials: OpenCredentials;
  readonly embedder?: Embedder | undefined;
  readonly pauseSchedule: (accountId: string, reason: string) => Promise<void>;
  readonly cacheFolder: string;
}

export interface RunningWorker {
  /** Rejects when a worker dies; resolves after `stop`. */
  readonly finished: Promise<void>;
  /** Lets what is under way end, for a few seconds. */
  stop(): Promise<void>;
}

/** Starts the workers of this process; they poll once this resolves. */
export async function startWorker(parts: WorkerParts): Promise<RunningWorker> {
  const { temporal, config } = parts;
  const mailReader = createMailReader(DEFAULT_READING);
  const imapConnections = createImapConnections();
  const stopping = new AbortController();
  const deps = createActivityDependencies({
    ...parts,
    mailReader,
    imapConnections,
    stopping: stopping.signal,
  });
  const workers = await createWorkers({
    connection: parts.connection,
    namespace: parts.namespace,
    config: temporal,
    workflowBundle: await loadWorkflowBundle({ policy: temporal.policy, cacheFolder: parts.cacheFolder }),
    activities: createActivities(deps),
    queues: config.temporal.workerQueues,
  });
  const stop = () => {
    stopping.abort();
    for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
  };
  const runs = workers.map((worker) => worker.run());
  const finished = Promise.all(runs)
    // One worker that dies takes the others along: half a process would look alive.
    .catch(async (error: unknown) => {
      stop();
      await Promise.allSettled(runs);
      throw error;
    })
    .finally(() => Promise.all([mailReader.close(), imapConnections.closeAll()]))
    .then(() => deps.sender?.close());
  return {
    finished,
    async stop() {
      stop();
      await finished;
    },
  };
}
