import type { Account } from '../src/domain/account.ts';
import type { Classification, Summary } from '../src/domain/analysis.ts';
import type { MessageView } from '../src/domain/message.ts';

/** What the steps of a run hand to each other within one worker, to spare Postgres a read. Never the only copy. */
export interface MessageMemory {
  get(messageId: string): Remembered | undefined;
  set(messageId: string, value: Remembered): void;
  delete(messageId: string): void;
}

export interface Remembered {
  readonly view: MessageView;
  readonly account: Pick<Account, 'id' | 'name' | 'address'>;
  /** Of the local engine, in this run. Absent once a model was consulted: then Postgres knows better. */
  readonly classification?: Classification;
  readonly summary?: Summary;
}
