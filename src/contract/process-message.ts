import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { Outcome, Stage } from '../domain/message.ts';
import type { Priority } from '../domain/priority.ts';

export interface ProcessMessageInput {
  readonly accountId: string;
  readonly messageId: string;
  /** Workflow id to tell when the run starts to wait for a person, so that it no longer holds a place. */
  readonly reportTo?: string;
  /** Old mail: its steps yield to all live mail, whatever it turns out to be. */
  readonly backfill?: boolean;
}

export interface ProcessMessageResult {
  readonly outcome: Outcome;
  readonly category: string | undefined;
  readonly priority: Priority | undefined;
}

export interface MessageStatus {
  readonly stage: Stage;
  readonly category: string | undefined;
  readonly priority: Priority | undefined;
  readonly waitingFor: 'nothing' | 'approval';
  readonly draftId: string | undefined;
}

export interface Control {
  /** Who asks, for the record: a user id or `api`, never an address. */
  readonly by: string;
  /** At most 200 characters. */
  readonly reason: string;
}

/** Bound to the draft's text by its hash: an approval of an older text is refused. */
export interface DraftDecision {
  readonly draftId: string;
  readonly hash: string;
  readonly verdict: 'approve' | 'reject';
  readonly by: string;
}

export interface PriorityChange {
  readonly priority: Priority;
  readonly by: string;
}

export const cancelMessage = defineSignal<[Control]>('cancelMessage');
export const skipMessage = defineSignal<[Control]>('skipMessage');
/** Ends the wait between two attempts and tries again at once. */
export const retryNow = defineSignal('retryNow');
export const decideDraftUpdate = defineUpdate<void, [DraftDecision]>('decideDraft');
export const changePriorityUpdate = defineUpdate<void, [PriorityChange]>('changePriority');
export const messageStatus = defineQuery<MessageStatus>('messageStatus');
