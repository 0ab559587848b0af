import { Context } from '@temporalio/activity';
import type { Account } from '../src/domain/account.ts';
import type { Reading } from '../src/domain/analysis.ts';
import type { MessageView } from '../src/domain/message.ts';
import type { Priority } from '../src/domain/priority.ts';

/** What the steps of a run hand to each other within one worker, to spare Postgres a read. Never the only copy. */
export interface MessageMemory {
  get(key: string): Remembered | undefined;
  set(key: string, value: Remembered): void;
  delete(key: string): void;
}

export interface Remembered extends Partial<Reading> {
  readonly view: MessageView;
  readonly account: Pick<Account, 'id' | 'name' | 'address'>;
  readonly receivedAt: Date;
  /** By a person; no engine changes it. */
  readonly chosenPriority?: Priority | undefined;
  /** By a person; no engine changes it. */
  readonly chosenCategory?: string | undefined;
  // Of a reading only what the local engine decided in this run: what a model decided is in Postgres.
}

/** A later run of the message must not be told what an earlier one thought, on whichever worker it was. */
export function memoryKey(messageId: string): string {
  return `${currentRunId()}/${messageId}`;
}

/** Of the workflow that the activity works for. */
export function currentRunId(): string {
  return Context.current().info.workflowExecution?.runId ?? '';
}
