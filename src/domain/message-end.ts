import type { Outcome } from './message.ts';
import type { Priority } from './priority.ts';

/** What is on record of a message that has ended. */
export interface MessageEnd {
  readonly outcome: Outcome;
  readonly category: string | undefined;
  readonly priority: Priority | undefined;
}
