import { bodyField } from '../facts/body-field.ts';
import type { Facts, WeighedHit } from '../facts/facts.ts';
import type { Mention } from './mention.ts';
import { resolveDays } from './resolve-when.ts';

/** "by the end of Friday": how far a time may stand from the word that makes it a deadline. Words. */
const REACH = 5;
const LEADS: ReadonlySet<string> = new Set(['deadline-lead', 'within']);
/** More of them are a list of words, not a letter; the search is quadratic in them. */
const MOST_LEADS = 100;
const UNITS: Readonly<Record<string, number>> = { 'unit-hour': 1 / 24, 'unit-day': 1, 'unit-week': 7 };

export interface DeadlineMention extends Mention {
  /** After the mail was sent; 0 is the same day. */
  readonly days: number;
}

/** The times that the message makes a deadline, in text order. Times before the mail was sent do not count. */
export function findDeadlines(facts: Facts, mentions: readonly Mention[]): DeadlineMention[] {
  const found = new Map<string, DeadlineMention>();
  const units = facts.cues.filter(({ hit }) => UNITS[hit.phrase.target.id] !== undefined);
  const leads = facts.cues.filter(({ hit }) => LEADS.has(hit.phrase.target.id)).slice(0, MOST_LEADS);
  for (const lead of leads) {
    const isSpan = lead.hit.phrase.target.id === 'within';
    const mention = isSpan ? withinMention(facts, lead, units) : mentionAfter(lead, mentions);
    if (mention === undefined) continue;
    const days = resolveDays(mention.when, facts.view.date);
    if (days === undefined || days < 0) continue;
    const scan = lead.field === 'subject' ? facts.subject : facts.body;
    const start = scan.starts[lead.hit.word] ?? mention.start;
    const key = `${mention.field}:${mention.end}`;
    const known = found.get(key);
    if (known === undefined || start < known.start) found.set(key, { ...mention, start, days });
  }
  return [...found.values()];
}

function mentionAfter(lead: WeighedHit, mentions: readonly Mention[]): Mention | undefined {
  const from = lead.hit.word + lead.hit.phrase.length;
  return mentions.find(
    ({ field, firstWord }) => field === lead.field && firstWord >= from && firstWord < from + REACH,
  );
}

/** `within 24 hours`, `within 24h`: the number stands right after the word, the unit at its heels. */
function withinMention(facts: Facts, lead: WeighedHit, units: readonly WeighedHit[]): Mention | undefined {
  const { field } = lead;
  if (field === 'history') return undefined;
  const at = lead.hit.word + lead.hit.phrase.length;
  const unit = units.find((cue) => cue.field === field && cue.hit.word >= at && cue.hit.word <= at + 2);
  if (unit === undefined) return undefined;
  const scan = facts[field];
  const amount = numberBetween(scan, at, unit.hit.word + 1) ?? 1;
  const lastWord = unit.hit.word + unit.hit.phrase.length - 1;
  return {
    in: field === 'subject' ? 'subject' : bodyField(facts.view),
    field,
    when: { kind: 'offset', days: amount * (UNITS[unit.hit.phrase.target.id] ?? 1) },
    firstWord: lead.hit.word,
    lastWord,
    needsLead: false,
    start: scan.starts[lead.hit.word] ?? 0,
    end: scan.ends[lastWord] ?? 0,
  };
}

function numberBetween(scan: Facts['body'], from: number, to: number): number | undefined {
  for (let word = Math.max(0, from); word < Math.min(to, scan.starts.length); word++) {
    const digits = /^\d{1,3}/.exec(scan.text.slice(scan.starts[word], scan.ends[word]))?.[0];
    if (digits !== undefined) return Number(digits);
  }
  return undefined;
}
