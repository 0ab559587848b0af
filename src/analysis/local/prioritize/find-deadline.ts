import type { Facts, WeighedHit } from '../facts/facts.ts';
import { daysUntilDate } from './days-until-date.ts';

/** When something is due, in days after the mail was sent; 0 is the same day. */
export interface Deadline {
  readonly days: number;
  /** For people: "within hours", "by tomorrow". */
  readonly text: string;
}

/** "by the end of Friday": how far a time may stand from the word that makes it a deadline. Words. */
const REACH = 5;
const UNITS: Readonly<Record<string, number>> = { 'unit-hour': 1 / 24, 'unit-day': 1, 'unit-week': 7 };

/** The earliest deadline that the message names, or undefined. Times before the mail was sent do not count. */
export function findDeadline(facts: Facts): Deadline | undefined {
  const found: number[] = [];
  for (const field of ['subject', 'body'] as const) {
    const cues = facts.cues.filter((cue) => cue.field === field);
    for (const lead of cues) {
      const id = lead.hit.phrase.target.id;
      if (id !== 'deadline-lead' && id !== 'within') continue;
      const days = id === 'within' ? daysWithin(facts, lead, cues) : daysByLead(facts, lead, cues);
      if (days !== undefined && days >= 0) found.push(days);
    }
  }
  if (found.length === 0) return undefined;
  const days = Math.min(...found);
  return { days, text: describe(days) };
}

/** `within 24 hours`: the number stands right after the word, the unit right after the number. */
function daysWithin(facts: Facts, lead: WeighedHit, cues: readonly WeighedHit[]): number | undefined {
  const at = lead.hit.word + lead.hit.phrase.length;
  const unit = cues.find(
    ({ hit }) => UNITS[hit.phrase.target.id] !== undefined && hit.word >= at && hit.word <= at + 2,
  );
  if (unit === undefined) return undefined;
  const amount = numberBetween(facts, lead.field, at, unit.hit.word) ?? 1;
  return amount * (UNITS[unit.hit.phrase.target.id] ?? 1);
}

function daysByLead(facts: Facts, lead: WeighedHit, cues: readonly WeighedHit[]): number | undefined {
  const from = lead.hit.word + lead.hit.phrase.length;
  const near = cues.filter(({ hit }) => hit.word >= from && hit.word < from + REACH);
  const sent = facts.view.date;
  for (const { hit } of near) {
    const [kind, number] = hit.phrase.target.id.split('-');
    if (kind === 'day') return Number(number);
    if (kind === 'weekday') return sent === undefined ? 4 : (Number(number) - sent.getUTCDay() + 7) % 7 || 7;
    if (kind === 'month' && sent !== undefined) {
      const day = numberBetween(facts, lead.field, hit.word - 3, hit.word + 3);
      if (day !== undefined) return daysUntilDate(sent, day, Number(number), undefined);
    }
  }
  if (sent === undefined) return undefined;
  const scan = lead.field === 'subject' ? facts.subject : facts.body;
  const start = scan.starts[from];
  return start === undefined ? undefined : numericDate(scan.text.slice(start, start + 24), sent);
}

/** `12.03.`, `12/03/2026`, `2026-03-12`; day before month, as in the six languages but American English. */
function numericDate(text: string, sent: Date): number | undefined {
  const iso = /^\D{0,8}(\d{4})-(\d{1,2})-(\d{1,2})/.exec(text);
  if (iso !== null) return daysUntilDate(sent, Number(iso[3]), Number(iso[2]), Number(iso[1]));
  const european = /^\D{0,8}(\d{1,2})[./](\d{1,2})[./]?(\d{4}|\d{2})?/.exec(text);
  if (european === null) return undefined;
  const year = european[3] === undefined ? undefined : (Number(european[3]) % 100) + 2000;
  return daysUntilDate(sent, Number(european[1]), Number(european[2]), year);
}

function numberBetween(
  facts: Facts,
  field: WeighedHit['field'],
  from: number,
  to: number,
): number | undefined {
  const scan = field === 'subject' ? facts.subject : facts.body;
  for (let word = Math.max(0, from); word < Math.min(to, scan.starts.length); word++) {
    const digits = /^\d{1,3}/.exec(scan.text.slice(scan.starts[word], scan.ends[word]))?.[0];
    if (digits !== undefined) return Number(digits);
  }
  return undefined;
}

function describe(days: number): string {
  if (days < 1) return 'asks for it on the same day';
  if (days <= 1) return 'asks for it by the next day';
  const whole = Math.ceil(days);
  return `names a deadline in ${whole} days`;
}
