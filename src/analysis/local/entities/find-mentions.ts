import { bodyField } from '../facts/body-field.ts';
import type { Facts, WeighedHit } from '../facts/facts.ts';
import type { Scan } from '../lexicon/scan-text.ts';
import { findNumericDates } from './find-numeric-dates.ts';
import type { Mention, When } from './mention.ts';
import { wordAt } from './word-at.ts';

/** `guten Morgen`, `buenas tardes`: greetings that hold the name of a time. */
const GREETS = /^(?:guten?|schönen|buon[ao]?|buen[ao]s?|bom|boa|good)$/i;
/** Portuguese numbers its weekdays: `segunda` alone is any second thing. */
const ORDINAL_WEEKDAY = /^(?:segunda|ter[cç]a|quarta|quinta)$/i;

/** Of one kind in one field; a letter has a handful. */
const MOST = 200;

/** All times that subject and body name, in words and in figures, in text order within each field. */
export function findMentions(facts: Facts): Mention[] {
  return (['subject', 'body'] as const).flatMap((field) => {
    const scan = facts[field];
    const inField = field === 'subject' ? 'subject' : bodyField(facts.view);
    const place = (when: When, firstWord: number, lastWord: number, needsLead: boolean): Mention => ({
      in: inField,
      field,
      when,
      firstWord,
      lastWord,
      needsLead,
      start: scan.starts[firstWord] ?? 0,
      end: scan.ends[lastWord] ?? 0,
    });
    const named = facts.cues
      .filter((cue) => cue.field === field)
      .flatMap((cue) => toMention(cue, scan, place));
    const figures = findNumericDates(scan.text, facts.view.language).map(
      ({ when, start, end, needsLead }) => ({
        ...place(when, wordAt(scan, start), wordAt(scan, end - 1), needsLead),
        start,
        end,
      }),
    );
    return withoutInner([...named.slice(0, MOST), ...figures]);
  });
}

type Place = (when: When, firstWord: number, lastWord: number, needsLead: boolean) => Mention;

function toMention({ hit }: WeighedHit, scan: Scan, place: Place): Mention[] {
  const [kind, digits] = hit.phrase.target.id.split('-');
  const number = Number(digits);
  const last = hit.word + hit.phrase.length - 1;
  if (kind === 'day') {
    if (GREETS.test(wordText(scan, hit.word - 1))) return [];
    // "End of the week" is its Friday, whenever it was written.
    const when: When = number === 5 ? { kind: 'weekday', weekday: 5 } : { kind: 'offset', days: number };
    return [place(when, hit.word, last, false)];
  }
  if (kind === 'weekday') {
    const isOrdinal = hit.phrase.length === 1 && ORDINAL_WEEKDAY.test(wordText(scan, hit.word));
    return [place({ kind: 'weekday', weekday: number % 7 }, hit.word, last, isOrdinal)];
  }
  return kind === 'month' ? monthMention(scan, hit.word, last, number, place) : [];
}

/** `5 March`, `5. März`, `5 de marzo de 2026`, `March 5th, 2026`. */
function monthMention(scan: Scan, word: number, last: number, month: number, place: Place): Mention[] {
  const before = [word - 1, word - 2].find((at) => dayNumber(scan, at) !== undefined && at >= word - 2);
  const at = before ?? (dayNumber(scan, last + 1) === undefined ? undefined : last + 1);
  if (at === undefined) return [];
  const day = dayNumber(scan, at);
  if (day === undefined) return [];
  const end = Math.max(last, at);
  const yearAt = [end + 1, end + 2].find((next) => /^(?:19|20)\d\d$/.test(wordText(scan, next)));
  const year = yearAt === undefined ? undefined : Number(wordText(scan, yearAt));
  return [place({ kind: 'calendar', day, month, year }, Math.min(word, at), yearAt ?? end, false)];
}

function dayNumber(scan: Scan, word: number): number | undefined {
  const digits = /^(\d{1,2})(?:st|nd|rd|th|er|o|a|º|ª|°)?$/i.exec(wordText(scan, word))?.[1];
  const day = Number(digits);
  return digits !== undefined && day >= 1 && day <= 31 ? day : undefined;
}

function wordText(scan: Scan, word: number): string {
  const [start, end] = [scan.starts[word], scan.ends[word]];
  return start === undefined || end === undefined ? '' : scan.text.slice(start, Math.min(end, start + 24));
}

/** `mañana` within `esta mañana` is not tomorrow: the longer one stands. */
function withoutInner(mentions: readonly Mention[]): Mention[] {
  const kept: Mention[] = [];
  const inOrder = mentions.toSorted((a, b) => a.start - b.start || b.end - a.end);
  for (const mention of inOrder) {
    const latest = kept.at(-1);
    if (latest !== undefined && mention.start < latest.end) {
      if (mention.end - mention.start > latest.end - latest.start) kept[kept.length - 1] = mention;
    } else kept.push(mention);
  }
  return kept;
}
