import { randomUUID } from 'node:crypto';
import { Client, type WorkflowHandle } from '@temporalio/client';
import {
  DefaultLogger,
  makeTelemetryFilterString,
  NativeConnection,
  Runtime,
  Worker,
  type WorkflowBundleWithSourceMap,
} from '@temporalio/worker';
import { expect, inject, vi } from 'vitest';
import type { Controls } from '../../api/controls/controls.ts';
import { createControls } from '../../api/controls/create-controls.ts';
import type { WorkflowPolicy } from '../../src/contract/activity-policy.ts';
import {
  messageStatus,
  type ProcessMessageInput,
  type ProcessMessageResult,
} from '../../src/contract/process-message.ts';
import { QUEUE_NAMES, QUEUES, type Queue } from '../../src/contract/queues.ts';
import { ACCOUNT_ATTRIBUTE, STAGE_ATTRIBUTE } from '../../src/contract/search-attributes.ts';
import { messageWorkflowId } from '../../src/contract/workflow-ids.ts';
import { applyNamespace } from '../../src/temporal/apply-temporal.ts';
import { loadTemporalConfig } from '../../src/temporal-config.ts';
import { loadWorkflowBundle } from '../../src/workflow-bundle.ts';
import { BUNDLE_CACHE } from './bundle-cache.ts';
import { createFakeActivities, type FakeActivities } from './fake-activities.ts';
import { hurryPolicy } from './hurry-policy.ts';

export type MessageHandle = WorkflowHandle<(input: ProcessMessageInput) => Promise<ProcessMessageResult>>;

export interface WorkflowRoom {
  readonly client: Client;
  readonly controls: Controls;
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly fakes: FakeActivities;
  /** Messages started by `startMessage`, until a test takes them out. */
  readonly started: MessageHandle[];
  startMessage(messageId: string, more?: MessageOptions): Promise<MessageHandle>;
  messageHandle(messageId: string): MessageHandle;
  waitForApproval(messageId: string): Promise<void>;
  stopWorkers(): Promise<void>;
  startWorkers(): Promise<void>;
  /** Ends the room, and fails when a run of its tests cannot be replayed: a restarted worker would be stuck with it. */
  stop(): Promise<void>;
}

export interface MessageOptions {
  readonly reportTo?: string;
  /** A running local step lets signals and queries through after most of it; 10 s when not given. */
  readonly taskTimeoutMs?: number;
}

export interface RoomOptions {
  /** Over those of `temporal.yaml`. */
  readonly workflows?: Partial<WorkflowPolicy>;
  /** Runs beyond these are replayed from their histories at each task. */
  readonly cachedWorkflows?: number;
}

/** The account of every message that a test starts by itself. */
export const ACCOUNT = 'support';
/** How long a test waits for what must come, on a busy machine. */
export const PATIENCE = { timeout: 40_000, interval: 50 };

/** The real workflows over fake activities, in a namespace of its own: the queue names are fixed. */
export async function openWorkflowRoom(options: RoomOptions = {}): Promise<WorkflowRoom> {
  installQuietRuntime();
  const config = loadTemporalConfig();
  const namespace = `workflows-${randomUUID()}`;
  const connection = await NativeConnection.connect({ address: inject('temporalAddress') });
  const policy = hurryPolicy(config.policy, options.workflows);
  const [workflowBundle] = await Promise.all([
    loadWorkflowBundle({ policy, cacheFolder: BUNDLE_CACHE }),
    applyNamespace(connection, namespace, config),
  ]);
  const fakes = createFakeActivities();
  const client = new Client({ connection, namespace });
  const started: MessageHandle[] = [];
  let workers: { worker: Worker; running: Promise<void> }[] = [];

  const createWorker = (queue: Queue) =>
    Worker.create({
      connection,
      namespace,
      taskQueue: QUEUE_NAMES[queue],
      activities: fakes.byQueue[queue],
      // A cancellation reaches an activity with its next beat.
      maxHeartbeatThrottleInterval: 50,
      defaultHeartbeatThrottleInterval: 50,
      activityTaskPollerBehavior: { type: 'simple-maximum', maximum: 1 },
      shutdownForceTime: 2_000,
      ...(queue === 'main'
        ? {
            workflowBundle,
            maxCachedWorkflows: options.cachedWorkflows ?? 100,
            workflowTaskPollerBehavior: { type: 'simple-maximum', maximum: 2 },
          }
        : {}),
    });
  const room: WorkflowRoom = {
    client,
    controls: createControls({ client, limitMs: 30_000, statusLimitMs: 30_000 }),
    connection,
    namespace,
    fakes,
    started,
    async startMessage(messageId, more = {}) {
      const handle = await startMessage(client, messageId, more);
      started.push(handle);
      return handle;
    },
    messageHandle: (messageId) => client.workflow.getHandle(messageWorkflowId(ACCOUNT, messageId)),
    async waitForApproval(messageId) {
      const ask = () => room.messageHandle(messageId).query(messageStatus);
      await vi.waitFor(async () => expect((await ask()).waitingFor).toBe('approval'), PATIENCE);
    },
    async startWorkers() {
      const created = await Promise.all(QUEUES.map(createWorker));
      workers = created.map((worker) => ({ worker, running: worker.run() }));
    },
    async stopWorkers() {
      for (const { worker } of workers) worker.shutdown();
      await Promise.all(workers.map(({ running }) => running));
      workers = [];
    },
    async stop() {
      await room.stopWorkers();
      await expectReplays(client, workflowBundle);
      await connection.close();
    },
  };
  await room.startWorkers();
  return room;
}

async function expectReplays(client: Client, workflowBundle: WorkflowBundleWithSourceMap): Promise<void> {
  const histories = client.workflow.list().intoHistories();
  const broken: string[] = [];
  for await (const { workflowId, error } of Worker.runReplayHistories({ workflowBundle }, histories)) {
    if (error !== undefined) broken.push(`${workflowId}: ${error.message}`);
  }
  expect(broken, 'runs that cannot be replayed').toEqual([]);
}

function startMessage(client: Client, messageId: string, options: MessageOptions): Promise<MessageHandle> {
  const { taskTimeoutMs, ...more } = options;
  return client.workflow.start<(input: ProcessMessageInput) => Promise<ProcessMessageResult>>(
    'processMessage',
    {
      workflowId: messageWorkflowId(ACCOUNT, messageId),
      taskQueue: QUEUE_NAMES.main,
      args: [{ accountId: ACCOUNT, messageId, ...more }],
      ...(taskTimeoutMs === undefined ? {} : { workflowTaskTimeout: taskTimeoutMs }),
      typedSearchAttributes: [
        { key: ACCOUNT_ATTRIBUTE, value: ACCOUNT },
        { key: STAGE_ATTRIBUTE, value: 'read' },
      ],
    },
  );
}

function installQuietRuntime(): void {
  Runtime.install({
    logger: new DefaultLogger('ERROR', ({ message }) => {
      if (!message.startsWith('Activity met')) console.error(message);
    }),
    telemetryOptions: { logging: { filter: makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' }) } },
  });
}
