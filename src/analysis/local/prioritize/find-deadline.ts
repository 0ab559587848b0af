import { findDeadlines } from '../entities/find-deadlines.ts';
import { findMentions } from '../entities/find-mentions.ts';
import type { Facts } from '../facts/facts.ts';

/** When something is due, in days after the mail was sent; 0 is the same day. */
export interface Deadline {
  readonly days: number;
  /** For people: "within hours", "by tomorrow". */
  readonly text: string;
}

/** The earliest deadline that the message names, or undefined. Times before the mail was sent do not count. */
export function findDeadline(facts: Facts): Deadline | undefined {
  const found = findDeadlines(facts, findMentions(facts));
  if (found.length === 0) return undefined;
  const days = Math.min(...found.map((deadline) => deadline.days));
  return { days, text: describe(days) };
}

function describe(days: number): string {
  if (days < 1) return 'asks for it on the same day';
  if (days <= 1) return 'asks for it by the next day';
  const whole = Math.ceil(days);
  return `names a deadline in ${whole} days`;
}
