import { type Gazetteer, hashWord } from './gazetteer.ts';

/** The lists of the model that are asked by name, by their place in its file. */
export const LIST = { first: 0, last: 1, bigCity: 3, country: 4, common: 6 } as const;

/** True when a word, in whatever case, is in one of these lists. */
export function isListed(
  word: string,
  gazetteers: readonly Gazetteer[],
  ...lists: readonly number[]
): boolean {
  const [one, two] = hashWord(word.toLowerCase());
  return lists.some((list) => gazetteers[list]?.has(one, two) === true);
}
