import type { PiiSpan } from '../../../domain/message.ts';
import { type Gazetteer, hashWord } from './gazetteer.ts';
import { toTokens } from './tokens.ts';

/** The lists of the model, in the order that its file has them. */
const [FIRST, LAST, BIG_CITY, COUNTRY, COMMON] = [0, 1, 3, 4, 6] as const;
/** Ends of words for a people, a faith or a party, in the languages that mail comes in. */
const GROUP =
  /(?:[ie]an|[^l]an|ish|ese|[nrt]ch|ic|ist|eek|wiss|ew|crat|im|ans|ais|ois|ien|ienne|isch(?:e[nrms]?)?|[aeio]n[oaie]|ol|ola|ês|esa)$/i;

/** True when a word is in one of these lists. */
function isIn(word: string, gazetteers: readonly Gazetteer[], ...lists: readonly number[]): boolean {
  const [one, two] = hashWord(word.toLowerCase());
  return lists.some((list) => gazetteers[list]?.has(one, two) === true);
}

/**
 * What the lists know better than the model does: where names have capitals, small words that no list has name nobody,
 * nor do everyday words in a text that shouts; a first and a last name are a person, and a people's name has an end of its own. Undefined: it is no name.
 */
export function settleSpan(
  span: PiiSpan,
  text: string,
  gazetteers: readonly Gazetteer[],
  hasCapitals: boolean,
): PiiSpan | undefined {
  const value = text.slice(span.start, span.end);
  const words = toTokens(value).filter((token) => /^\p{L}/u.test(token.text));
  const isSmall = value === value.toLowerCase();
  const isCommon = (word: string) =>
    isIn(word, gazetteers, COMMON) && !isIn(word, gazetteers, BIG_CITY, COUNTRY);
  if (span.kind === 'location' || span.kind === 'organization' || span.kind === 'person') {
    const isListed = words.some(
      ({ text: word }) => isIn(word, gazetteers, FIRST, BIG_CITY, COUNTRY) && !isIn(word, gazetteers, COMMON),
    );
    if (isSmall && !isListed && /\p{Ll}/u.test(value) && hasCapitals) return undefined;
    const shouts = value.length > 3 && value === value.toUpperCase() && isShouted(text, span);
    if (shouts && words.length > 0 && words.every(({ text: word }) => isCommon(word))) return undefined;
  }
  if (span.kind === 'group' && words.length === 1 && !GROUP.test(value)) return { ...span, kind: 'location' };
  if (span.kind === 'organization' && isPerson(words, gazetteers)) return { ...span, kind: 'person' };
  return span;
}

/** Two or three names, the first of them a first name, none an everyday word. */
function isPerson(words: readonly { readonly text: string }[], gazetteers: readonly Gazetteer[]): boolean {
  const [first, ...rest] = words.map(({ text }) => text);
  if (first === undefined || rest.length < 1 || rest.length > 2) return false;
  if (!isIn(first, gazetteers, FIRST) || !words.every(({ text }) => /^\p{Lu}\p{Ll}+$/u.test(text)))
    return false;
  return rest.every((word) => isIn(word, gazetteers, LAST) || !isIn(word, gazetteers, COMMON));
}

const NEAR = 60;

/** No small letter stands near it. */
function isShouted(text: string, { start, end }: PiiSpan): boolean {
  return !/\p{Ll}/u.test(text.slice(Math.max(0, start - NEAR), end + NEAR));
}
