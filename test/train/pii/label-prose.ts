import type { PiiKind } from '../../../src/domain/message.ts';
import { type Token, toTokens } from '../../../src/mail/pii/names/tokens.ts';
import type { Example, Lists } from './examples.ts';

const MONTHS_AND_DAYS = new Set(
  'January February March April June July August September October November December Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split(
    ' ',
  ),
);
/** Numbers that may be a year, a time, an age, or part of a longer one. */
const UNSURE_NUMBER = /\b(?:19|20)\d\d\b|\d[:/.-]\d|\d(?:st|nd|rd|th)\b|\byears? old\b|\d{5}/;

export type LabelProse = (text: string) => Example[];

/**
 * Sentences of ordinary mail in which every capital letter is explained: none but the first, a weekday, a country, or
 * names that the lists know. What is no name in them teaches as much as what is one.
 */
export function createProseLabeller(lists: Lists, common: ReadonlySet<string>): LabelProse {
  const first = new Set(lists.first);
  const last = new Set(lists.last);
  const country = new Set(lists.country);
  const isCommon = (word: string) => common.has(word.toLowerCase());
  /** What a run of capitalised words is; undefined: nobody can say. */
  const kindOf = (words: readonly string[]): PiiKind | undefined => {
    const [one = '', two] = words;
    if (words.length === 1 && MONTHS_AND_DAYS.has(one)) return 'date';
    if (country.has(words.join(' '))) return 'location';
    if (two === undefined) return first.has(one) && !isCommon(one) ? 'person' : undefined;
    const isPerson = words.length === 2 && first.has(one) && last.has(two);
    return isPerson && !(isCommon(one) && isCommon(two)) ? 'person' : undefined;
  };
  return (text) =>
    toSentences(text).flatMap((sentence) => {
      const spans = labelSentence(sentence, kindOf, isCommon, first);
      return spans === undefined ? [] : [{ text: sentence, spans }];
    });
}

function toSentences(text: string): string[] {
  return text
    .split(/\n\s*\n/)
    .filter((paragraph) => !/^[>|\s]*[>|#*=_-]/m.test(paragraph))
    .flatMap((paragraph) => paragraph.replace(/\s+/g, ' ').split(/(?<=[.!?])\s/))
    .map((sentence) => sentence.trim())
    .filter((one) => /^[A-Za-z"][A-Za-z0-9 ,.'"!?;:()-]{20,260}$/.test(one) && !UNSURE_NUMBER.test(one));
}

function labelSentence(
  sentence: string,
  kindOf: (words: readonly string[]) => PiiKind | undefined,
  isCommon: (word: string) => boolean,
  first: ReadonlySet<string>,
): Example['spans'] | undefined {
  const tokens = toTokens(sentence);
  const spans: Example['spans'][number][] = [];
  let words = 0;
  for (let i = 0; i < tokens.length; i += 1) {
    const token = tokens[i] as Token;
    if (/^\p{Ll}/u.test(token.text)) {
      words += 1;
      const name = (token.text[0] ?? '').toUpperCase() + token.text.slice(1);
      if (first.has(name) && !isCommon(token.text)) return undefined;
    }
    if (!/^\p{Lu}/u.test(token.text) || /^I(?:['’]|$)/.test(token.text)) continue;
    const opens = i === 0 || /^[.!?:"]$/.test(tokens[i - 1]?.text ?? '');
    const next = tokens[i + 1]?.text ?? '';
    if (opens && isCommon(token.text) && !/^\p{Lu}/u.test(next)) continue;
    let end = i;
    while (/^\p{Lu}\p{Ll}/u.test(tokens[end + 1]?.text ?? '')) end += 1;
    const kind = kindOf(tokens.slice(i, end + 1).map(({ text }) => text));
    if (kind === undefined || /^\d/.test(tokens[end + 1]?.text ?? '')) return undefined;
    spans.push({ kind, start: token.start, end: tokens[end]?.end ?? token.end });
    i = end;
  }
  return words < 4 ? undefined : spans;
}
