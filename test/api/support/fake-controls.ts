import type { BatchStart, Controls, RunDescription } from '../../../api/controls/controls.ts';
import type { MessageRef } from '../../../src/contract/activities.ts';
import type { BatchStatus, BatchTuning } from '../../../src/contract/import-batch.ts';
import type {
  Control,
  DraftDecision,
  MessageStatus,
  PriorityChange,
} from '../../../src/contract/process-message.ts';
import { importWorkflowId, messageWorkflowId, pullWorkflowId } from '../../../src/contract/workflow-ids.ts';
import { ServiceError } from '../../../src/domain/service-error.ts';

export type Call = readonly [name: string, ...args: unknown[]];

export interface FakeControls extends Controls {
  readonly calls: Call[];
  /** Workflow ids of the runs that are alive. */
  readonly alive: Set<string>;
  /** Thrown by every call while it is set. */
  failure: ServiceError | undefined;
  status: MessageStatus;
  batchStatus: BatchStatus;
  reset(): void;
}

const STATUS: MessageStatus = {
  stage: 'approval',
  category: 'order',
  priority: 'HIGH',
  waitingFor: 'approval',
  draftId: undefined,
};

const BATCH_STATUS: BatchStatus = {
  state: 'running',
  page: 1,
  exhausted: false,
  pending: 2,
  inFlight: 3,
  started: 5,
  settled: 2,
  maxConcurrentOperations: 50,
  priority: 'BACKFILL',
};

/** Temporal as seen by the API: which runs are alive, what was asked of them, and an outage on demand. */
export function createFakeControls(): FakeControls {
  const calls: Call[] = [];
  const alive = new Set<string>();
  const idOf = (ref: MessageRef) => messageWorkflowId(ref.accountId, ref.messageId);
  const take = (...call: Call) => {
    calls.push(call);
    if (fake.failure) throw fake.failure;
  };
  const told = async (id: string, ...call: Call) => {
    take(...call);
    return alive.has(id);
  };
  const fake: FakeControls = {
    calls,
    alive,
    failure: undefined,
    status: STATUS,
    batchStatus: BATCH_STATUS,
    reset() {
      calls.length = 0;
      alive.clear();
      fake.failure = undefined;
    },
    async startBatch(start: BatchStart) {
      take('startBatch', start);
      alive.add(importWorkflowId(start.batchId));
    },
    pauseBatch: (id) => told(importWorkflowId(id), 'pauseBatch', id),
    resumeBatch: (id) => told(importWorkflowId(id), 'resumeBatch', id),
    cancelBatch: (id) => told(importWorkflowId(id), 'cancelBatch', id),
    tuneBatch: (id, tuning: BatchTuning) => told(importWorkflowId(id), 'tuneBatch', id, tuning),
    async findBatchStatus(id) {
      return (await told(importWorkflowId(id), 'findBatchStatus', id)) ? fake.batchStatus : undefined;
    },
    async retryMessage(ref) {
      return (await told(idOf(ref), 'retryMessage', ref)) ? 'hurried' : 'started';
    },
    skipMessage: (ref, control: Control) => told(idOf(ref), 'skipMessage', ref, control),
    cancelMessage: (ref, control: Control) => told(idOf(ref), 'cancelMessage', ref, control),
    changePriority: (ref, change: PriorityChange) => told(idOf(ref), 'changePriority', ref, change),
    async decideDraft(ref, decision: DraftDecision) {
      if (await told(idOf(ref), 'decideDraft', ref, decision)) return;
      throw new ServiceError('Conflict', 'No run waits for a decision on this draft');
    },
    async findMessageStatus(ref) {
      return (await told(idOf(ref), 'findMessageStatus', ref)) ? fake.status : undefined;
    },
    async auditNow(accountId) {
      take('auditNow', accountId);
    },
    async fetchWanted(accountId) {
      take('fetchWanted', accountId);
    },
    async notifyArrival(accountId) {
      take('notifyArrival', accountId);
    },
    async pullNow(accountId) {
      take('pullNow', accountId);
    },
    cancelPull: (id) => told(pullWorkflowId(id), 'cancelPull', id),
    async removeAccount(accountId) {
      take('removeAccount', accountId);
    },
    async describe(workflowId) {
      return (await told(workflowId, 'describe', workflowId)) ? describeRun(workflowId) : undefined;
    },
  };
  return fake;
}

function describeRun(workflowId: string): RunDescription {
  return {
    workflowId,
    runId: 'run',
    type: 'processMessage',
    status: 'RUNNING',
    startedAt: new Date(),
    closedAt: undefined,
    historyLength: 3,
  };
}
