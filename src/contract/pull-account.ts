import { defineSignal } from '@temporalio/workflow';

export interface PullAccountInput {
  readonly accountId: string;
  /** Set by continue-as-new only: the batch and page to go on with. */
  readonly resumed?: { readonly batchId: string; readonly page: number; readonly started: number };
}

export interface PullAccountResult {
  readonly started: number;
}

/** Mail came, or may have: whoever has read to the end looks once more. Any number of them are one. */
export const mailArrived = defineSignal('mailArrived');
