import type { AutomaticKind } from './message.ts';
import { isFlagged, type Threat } from './threat.ts';

/** Within what time mail of a kind is to be answered, and what says so. */
export interface AnswerTime {
  readonly minutes: number;
  /** A category or a rule: `Outage`, `rule "largest-customers"`. */
  readonly of: string;
  readonly by: AnswerTimeBy;
}

/** The time of a category goes when the category does; that of a rule stays. */
export type AnswerTimeBy = 'category' | 'rule';

/** Nobody owes an answer to a machine, or to whoever may be an attacker. */
export function isAnswerOwed(automatic: AutomaticKind | null, threat: Threat | undefined): boolean {
  return automatic === 'person' && !isFlagged(threat);
}

/** When a message came, and when it is decided. The clock of an answer time runs between the two. */
export interface Arrival {
  readonly receivedAt: Date;
  readonly now: Date;
}

const MINUTE_MS = 60_000;
/** Overdue for longer it is history: an old mailbox that is loaded must not make everything urgent. */
const HISTORY_MS = 2 * 1440 * MINUTE_MS;

/**
 * Until when the answer is due: `minutes` by the clock from when the message came. A clock of the sender that is ahead
 * wins no time. undefined: nobody waits for it any more.
 */
export function findAnswerDue(minutes: number, { receivedAt, now }: Arrival): Date | undefined {
  const due = Math.min(receivedAt.getTime(), now.getTime()) + minutes * MINUTE_MS;
  return due < now.getTime() - HISTORY_MS ? undefined : new Date(due);
}

const UNITS = [
  ['d', 1440],
  ['h', 60],
  ['min', 1],
] as const;

/** `90` minutes are `1 h 30 min`; the two largest units count. */
export function describeMinutes(minutes: number): string {
  let left = Math.max(1, Math.round(minutes));
  const parts: string[] = [];
  for (const [unit, size] of UNITS) {
    const count = Math.floor(left / size);
    left -= count * size;
    if (count > 0) parts.push(`${count} ${unit}`);
  }
  return parts.slice(0, 2).join(' ');
}
