import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { Priority } from '../domain/priority.ts';

export interface ImportBatchInput {
  readonly batchId: string;
  readonly accountId: string;
  readonly maxConcurrentOperations: number;
  /** Undefined: a backfill, which yields to all live mail. */
  readonly priority?: Priority;
  /** Set by continue-as-new only. */
  readonly resumed?: ImportProgress;
}

/** What one run hands to the next. Ids and counts only. */
export interface ImportProgress {
  readonly page: number;
  readonly exhausted: boolean;
  readonly pending: readonly string[];
  readonly started: number;
  readonly settled: number;
  readonly paused: boolean;
  /** Why a message that was read could not be started: the batch ends `failed`. */
  readonly unstarted?: string;
}

export interface BatchStatus {
  readonly state: 'running' | 'paused' | 'cancelling';
  readonly page: number;
  readonly exhausted: boolean;
  readonly pending: number;
  readonly inFlight: number;
  readonly started: number;
  readonly settled: number;
  readonly maxConcurrentOperations: number;
  readonly priority: Priority | 'BACKFILL';
}

/** Changes what is not started yet. */
export interface BatchTuning {
  readonly priority?: Priority;
  readonly maxConcurrentOperations?: number;
}

export const MAX_CONCURRENT_OPERATIONS = 500;

export const pauseBatch = defineSignal('pauseBatch');
export const resumeBatch = defineSignal('resumeBatch');
export const cancelBatch = defineSignal('cancelBatch');
export const tuneBatch = defineUpdate<void, [BatchTuning]>('tuneBatch');
export const batchStatus = defineQuery<BatchStatus>('batchStatus');
/** From a child that now waits for a person. */
export const releaseSlot = defineSignal<[string]>('releaseSlot');
