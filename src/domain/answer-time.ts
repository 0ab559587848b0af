/** Within what time mail of a kind is to be answered, and what says so. */
export interface AnswerTime {
  readonly minutes: number;
  /** A category or a rule: `Outage`, `rule "largest-customers"`. */
  readonly of: string;
}

/** When a message came, and when it is decided. The clock of an answer time runs between the two. */
export interface Arrival {
  readonly receivedAt: Date;
  readonly now: Date;
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
