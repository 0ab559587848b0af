import type { Classification } from '../src/domain/analysis.ts';
import type { MessageView } from '../src/domain/message.ts';

/** What the steps of a run hand to each other within one worker, to spare Postgres a read. Never the only copy. */
export interface MessageMemory {
  get(messageId: string): Remembered | undefined;
  set(messageId: string, value: Remembered): void;
  delete(messageId: string): void;
}

export interface Remembered {
  readonly view: MessageView;
  /** Of the local engine, in this run. */
  readonly classification?: Classification;
  /** A model or a person has touched the analysis: read it from Postgres. */
  readonly consulted?: boolean;
}
