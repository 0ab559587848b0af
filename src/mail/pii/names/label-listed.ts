import { type Gazetteer, hashWord } from './gazetteer.ts';
import type { Token } from './tokens.ts';

/** The lists of the model, in the order that its file has them. */
const [FIRST, BIG_CITY, COUNTRY, COMMON] = [0, 3, 4, 6] as const;
const NAME = /^\p{Lu}\p{Ll}{2,}$/u;
/** Label of the first word of a person, and of the words that go on. */
const [BEGINS, GOES_ON] = [1, 2] as const;

/**
 * First names that the model passed over: capitalised words that the list has, and that are no everyday word, no city and
 * no country. Writes into `labels`; a capitalised word after one that nobody knows is taken for the last name.
 */
export function labelListed(
  tokens: readonly Token[],
  labels: Uint8Array,
  claimed: Uint8Array,
  gazetteers: readonly Gazetteer[],
): void {
  for (let i = 0; i < tokens.length; i++) {
    const { text } = tokens[i] as Token;
    if (labels[i] !== 0 || claimed[i] === 1 || isSmallLatin(text) || !NAME.test(text)) continue;
    const lists = listsOf(text, gazetteers);
    if (!lists(FIRST) || lists(COMMON) || lists(BIG_CITY) || lists(COUNTRY)) continue;
    labels[i] = BEGINS;
    const next = tokens[i + 1];
    if (next === undefined || labels[i + 1] !== 0 || claimed[i + 1] === 1) continue;
    if (next.breaks === 0 && NAME.test(next.text) && !listsOf(next.text, gazetteers)(COMMON))
      labels[i + 1] = GOES_ON;
  }
}

/** Most words: told by one character, which is cheaper than a pattern. */
function isSmallLatin(text: string): boolean {
  const unit = text.charCodeAt(0);
  return unit >= 97 && unit <= 122;
}

function listsOf(word: string, gazetteers: readonly Gazetteer[]): (list: number) => boolean {
  const [one, two] = hashWord(word.toLowerCase());
  return (list) => gazetteers[list]?.has(one, two) === true;
}
