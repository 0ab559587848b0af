import type { Gazetteer } from './gazetteer.ts';
import { isListed, LIST } from './is-listed.ts';
import type { Token } from './tokens.ts';

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
    if (!isListed(text, gazetteers, LIST.first)) continue;
    if (isListed(text, gazetteers, LIST.common, LIST.bigCity, LIST.country)) continue;
    labels[i] = BEGINS;
    const next = tokens[i + 1];
    if (next === undefined || labels[i + 1] !== 0 || claimed[i + 1] === 1) continue;
    if (next.breaks === 0 && NAME.test(next.text) && !isListed(next.text, gazetteers, LIST.common))
      labels[i + 1] = GOES_ON;
  }
}

/** Most words: told by one character, which is cheaper than a pattern. */
function isSmallLatin(text: string): boolean {
  const unit = text.charCodeAt(0);
  return unit >= 97 && unit <= 122;
}
