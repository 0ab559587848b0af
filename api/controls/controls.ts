import type { MessageRef } from '../../src/contract/activities.ts';
import type { BatchStatus, BatchTuning } from '../../src/contract/import-batch.ts';
import type {
  Control,
  DraftDecision,
  MessageStatus,
  PriorityChange,
} from '../../src/contract/process-message.ts';
import type { Priority } from '../../src/domain/priority.ts';

export interface BatchStart {
  readonly batchId: string;
  readonly accountId: string;
  readonly maxConcurrentOperations: number;
  /** undefined: a backfill. */
  readonly priority: Priority | undefined;
}

export interface RunDescription {
  readonly workflowId: string;
  readonly runId: string;
  readonly type: string;
  /** As Temporal names it: RUNNING, COMPLETED, FAILED, TERMINATED … */
  readonly status: string;
  readonly startedAt: Date;
  readonly closedAt: Date | undefined;
  readonly historyLength: number;
}

/**
 * What a person may do to running work. Every call ends within five seconds and throws `ServiceError` only:
 * Unavailable when Temporal or its workers do not answer. A `false` or undefined answer: no such run is alive.
 */
export interface Controls {
  /** Starts the import; a running one is joined. */
  startBatch(start: BatchStart): Promise<void>;
  pauseBatch(batchId: string): Promise<boolean>;
  resumeBatch(batchId: string): Promise<boolean>;
  cancelBatch(batchId: string): Promise<boolean>;
  tuneBatch(batchId: string, tuning: BatchTuning): Promise<boolean>;
  findBatchStatus(batchId: string): Promise<BatchStatus | undefined>;

  /** Starts a run, or ends the wait of the one that is alive. The caller reopens the message first. */
  retryMessage(ref: MessageRef): Promise<'started' | 'hurried'>;
  skipMessage(ref: MessageRef, control: Control): Promise<boolean>;
  cancelMessage(ref: MessageRef, control: Control): Promise<boolean>;
  changePriority(ref: MessageRef, change: PriorityChange): Promise<boolean>;
  /** @throws ServiceError Conflict when no run waits for the decision. */
  decideDraft(ref: MessageRef, decision: DraftDecision): Promise<void>;
  findMessageStatus(ref: MessageRef): Promise<MessageStatus | undefined>;

  /** Pulls an account now, or once the pull that runs has ended; without a schedule that one is joined. */
  pullNow(accountId: string): Promise<void>;
  /** Ends the pull that runs, and waits a moment until it has; what it has parked and started stays. */
  cancelPull(accountId: string): Promise<boolean>;
  /** Starts the deletion of a retired account's data; a running one is joined. */
  removeAccount(accountId: string): Promise<void>;
  /** Compares a mailbox with our rows now; an audit that runs is joined. */
  auditNow(accountId: string): Promise<void>;
  /** The same for what is wanted again and is missing now: an audit that has passed it by looks once more. */
  fetchWanted(accountId: string): Promise<void>;
  /** Tells the puller that mail came; starts one when none runs. */
  notifyArrival(accountId: string): Promise<void>;
  describe(workflowId: string): Promise<RunDescription | undefined>;
}
