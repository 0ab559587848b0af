import type { PiiSpan } from '../../../domain/message.ts';
import type { Gazetteer } from './gazetteer.ts';
import { isListed, LIST } from './is-listed.ts';
import { type Token, toTokens } from './tokens.ts';

/** Those that hold names: of people, cities and countries. */
const NAMES = [0, 1, 2, 3, 4] as const;
/** Ends of words for a people, a faith or a party, in the languages that mail comes in. */
const GROUP =
  /(?:[ie]an|[^l]an|ish|ese|[nrt]ch|ic|ist|eek|wiss|ew|crat|im|ans|ais|ois|ien|ienne|isch(?:e[nrms]?)?|[aeio]n[oaie]|ol|ola|ês|esa)$/i;

const PARTICLE =
  /^(?:a[lpb]?|d[aeou]?|d['’].*|das|de[lrn]|della|des|di|dos|du|e[il]|et|la|las|le|les|lo|los|of|rue|saint|st|t|te[nr]?|the|ul|v[ao]n|via|y|z[uy]m?|calle|rua|avenida|avenue|boulevard|place|plaza)$/i;
/** Words that open letters in languages whose everyday words no list of the model has. */
const FORM_OF_ADDRESS =
  /^(?:sie|ihre?[nmrs]?|ich|wir|uns|unsere?[nmrs]?|liebe[rs]?|geehrte[rn]?|hallo|danke|bitte|cher|chère|bonjour|merci|nous|vous|votre|notre|estimad[oa]s?|querid[oa]s?|gracias|hola|usted(?:es)?|nuestr[oa]s?|prezad[oa]s?|obrigad[oa]|olá|nosso|nossa|gentile|egregio|grazie|buongiorno|beste|geachte|bedankt|dank|wij|wenn|welche[rsnm]?|diese[rsnm]?|jede[rsnm]?|eine[rsnm]?)$/i;

/** Titles that few lists of words have. */
const TITLE =
  /^(?:madame|mademoiselle|monsieur|miss|señora?|senhora?|signora?|dott|herr|frau|meneer|mevrouw|dokt|doct|prof|mrs)/i;

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
  if (words.length === 1 && FORM_OF_ADDRESS.test(value)) return undefined;
  const isCommon = (word: string) =>
    isListed(word, gazetteers, LIST.common) && !isListed(word, gazetteers, LIST.bigCity, LIST.country);
  const areCommon = words.length > 0 && words.every(({ text: word }) => isCommon(word));
  switch (span.kind) {
    case 'person':
    case 'organization':
    case 'location': {
      const hasListed = words.some(
        ({ text: word }) =>
          isListed(word, gazetteers, LIST.first, LIST.bigCity, LIST.country) &&
          !isListed(word, gazetteers, LIST.common),
      );
      if (hasCapitals && isSmall && !hasListed && /\p{Ll}/u.test(value)) return undefined;
      if (hasCapitals && !isSmall && !opensName(words)) {
        const rest = words.findIndex(({ text: word }) => /^\p{Lu}/u.test(word));
        const open = words[rest];
        if (open === undefined || isCommon(open.text) || !isListed(open.text, gazetteers, ...NAMES))
          return undefined;
        return settleSpan({ ...span, start: span.start + open.start }, text, gazetteers, hasCapitals);
      }
      const shouts = value.length > 3 && value === value.toUpperCase() && isShouted(text, span);
      if (shouts && areCommon) return undefined;
      return span.kind === 'location' ? span : settleName(span, words, gazetteers, isCommon);
    }
    case 'date':
      return settleDate(span, text, isSmall && areCommon);
    case 'group':
      if (isSmall && hasCapitals && areCommon) return undefined;
      return words.length === 1 && !GROUP.test(value) ? { ...span, kind: 'location' } : span;
    case 'title':
      // A capitalised word that nobody knows is no title: it is somebody.
      return words.length > 0 && words.every(({ text: word }) => isStrange(word, isCommon))
        ? { ...span, kind: 'person' }
        : span;
    default:
      return span;
  }
}

/** A person or a firm: without the small words at its end, a country where it is one, a person where it has a first and a last name. */
function settleName(
  span: PiiSpan,
  all: readonly Token[],
  gazetteers: readonly Gazetteer[],
  isCommon: (word: string) => boolean,
): PiiSpan {
  const words = dropSmallEnd(all, isCommon);
  const end = words.length < all.length ? span.start + (words.at(-1)?.end ?? 0) : span.end;
  if (isCountry(words, gazetteers)) return { ...span, end, kind: 'location' };
  return { ...span, end, kind: isPerson(words, gazetteers) ? 'person' : span.kind };
}

/** Where names have capitals, they begin with one, or with a small word that is part of many of them. */
function opensName(words: readonly Token[]): boolean {
  const first = words[0]?.text ?? '';
  return !/^\p{Ll}/u.test(first) || PARTICLE.test(first);
}

function isStrange(word: string, isCommon: (word: string) => boolean): boolean {
  return /^\p{Lu}\p{Ll}{3,}$/u.test(word) && !isCommon(word) && !TITLE.test(word);
}

/** A name that begins with a capital, without the everyday small words at its end: `Ada wrote`. */
function dropSmallEnd(words: readonly Token[], isCommon: (word: string) => boolean): readonly Token[] {
  if (!/^\p{Lu}/u.test(words[0]?.text ?? '')) return words;
  const last = words.findLastIndex(({ text }) => !/^\p{Ll}{2,}$/u.test(text) || !isCommon(text));
  return words.slice(0, last + 1);
}

/** `1990s` is nobody's date, and a number that is no year is part of an address. */
function settleDate(span: PiiSpan, text: string, isWord: boolean): PiiSpan | undefined {
  const value = text.slice(span.start, span.end);
  if (isWord || /^['’]?s(?![\p{L}\p{N}])/u.test(text.slice(span.end, span.end + 3))) return undefined;
  return /^\d{3,6}$/.test(value) && !/^(?:1[89]|20)\d\d$/.test(value) ? { ...span, kind: 'address' } : span;
}

/** Every word of it is part of the name of a country, and none a first name. */
function isCountry(words: readonly { readonly text: string }[], gazetteers: readonly Gazetteer[]): boolean {
  return (
    words.length > 0 &&
    words.every(
      ({ text: word }) => isListed(word, gazetteers, LIST.country) && !isListed(word, gazetteers, LIST.first),
    )
  );
}

/** Two or three names, the first of them a first name, none an everyday word. */
function isPerson(words: readonly { readonly text: string }[], gazetteers: readonly Gazetteer[]): boolean {
  const [first, ...rest] = words.map(({ text }) => text);
  if (first === undefined || rest.length < 1 || rest.length > 2) return false;
  if (!isListed(first, gazetteers, LIST.first) || !words.every(({ text }) => /^\p{Lu}\p{Ll}+$/u.test(text)))
    return false;
  return rest.every(
    (word) => isListed(word, gazetteers, LIST.last) || !isListed(word, gazetteers, LIST.common),
  );
}

const NEAR = 60;

/** No small letter stands near it. */
function isShouted(text: string, { start, end }: PiiSpan): boolean {
  return !/\p{Ll}/u.test(text.slice(Math.max(0, start - NEAR), end + NEAR));
}
