import type { Account } from '../src/domain/account.ts';
import type { Reading } from '../src/domain/analysis.ts';
import type { MessageView } from '../src/domain/message.ts';
import type { Priority } from '../src/domain/priority.ts';

/** What the steps of a run hand to each other within one worker, to spare Postgres a read. Never the only copy. */
export interface MessageMemory {
  get(messageId: string): Remembered | undefined;
  set(messageId: string, value: Remembered): void;
  delete(messageId: string): void;
}

export interface Remembered extends Partial<Reading> {
  readonly view: MessageView;
  readonly account: Pick<Account, 'id' | 'name' | 'address'>;
  /** By a person; no engine changes it. */
  readonly chosenPriority?: Priority | undefined;
  // Of a reading only what the local engine decided in this run: what a model decided is in Postgres.
}
