import { type NativeConnection, Worker, type WorkerOptions } from '@temporalio/worker';
import type { ActivitiesByQueue } from '../activities/create-activities.ts';
import { QUEUE_NAMES, QUEUES, type Queue } from './contract/queues.ts';
import { ServiceError } from './domain/service-error.ts';
import type { TemporalConfig } from './temporal-config.ts';

export interface WorkersOptions {
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly config: TemporalConfig;
  readonly workflowBundle: { readonly code: string };
  readonly activities: ActivitiesByQueue;
  /** Which queues this process serves. */
  readonly queues: 'all' | readonly string[];
}

/** What is under way gets so long to end before it is cancelled, and so long in all. */
const GRACE_MS = 5_000;
const FORCE_MS = 8_000;

/** One worker for each queue that this process serves; they share a connection and its thread. */
export async function createWorkers(options: WorkersOptions): Promise<Worker[]> {
  return Promise.all(chooseQueues(options.queues).map((queue) => createWorker(queue, options)));
}

function chooseQueues(asked: 'all' | readonly string[]): readonly Queue[] {
  if (asked === 'all') return QUEUES;
  const unknown = asked.filter((name) => !QUEUES.some((queue) => queue === name));
  if (unknown.length > 0) {
    throw new ServiceError('InvalidInput', `WORKER_QUEUES names unknown queues: ${unknown.join(', ')}`, {
      fix: `Choose from ${QUEUES.join(', ')}, or all.`,
    });
  }
  return QUEUES.filter((queue) => asked.includes(queue));
}

function createWorker(queue: Queue, options: WorkersOptions): Promise<Worker> {
  const { connection, namespace } = options;
  return Worker.create({
    connection,
    namespace,
    taskQueue: QUEUE_NAMES[queue],
    activities: options.activities[queue],
    shutdownGraceTime: GRACE_MS,
    shutdownForceTime: FORCE_MS,
    ...(queue === 'main' ? toMainOptions(options) : toQueueOptions(queue, options.config)),
  });
}

function toMainOptions({ config, workflowBundle }: WorkersOptions): Partial<WorkerOptions> {
  const own = config.taskQueues.main;
  return {
    workflowBundle,
    maxConcurrentWorkflowTaskExecutions: own.workflowTasks,
    maxConcurrentLocalActivityExecutions: own.localActivities,
    maxCachedWorkflows: own.cachedWorkflows,
    workflowTaskPollerBehavior: { type: 'simple-maximum', maximum: own.pollers },
  };
}

function toQueueOptions(queue: Exclude<Queue, 'main'>, config: TemporalConfig): Partial<WorkerOptions> {
  const own = config.taskQueues[queue];
  return {
    maxConcurrentActivityTaskExecutions: own.activities,
    activityTaskPollerBehavior: { type: 'simple-maximum', maximum: own.pollers },
    ...(own.ratePerSecond === null ? {} : { maxTaskQueueActivitiesPerSecond: own.ratePerSecond }),
  };
}
