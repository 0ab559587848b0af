import { type Category, FALLBACK_CATEGORY } from '../../../domain/taxonomy.ts';
import { foldWords } from './fold-words.ts';

type Signals = Category['signals'];

/** Shorter words are mostly those that hold a sentence together. */
const SHORTEST = 4;
const STEM = 5;
const MOST_WORDS = 60;

/**
 * The signals of each category. One that was given none is known by its name and by the words of its examples that no
 * other category's examples hold: a taxonomy of names and examples works without anybody writing word lists.
 */
export function listSignals(categories: readonly Category[]): ReadonlyMap<string, Signals> {
  const examples = new Map(categories.map((one) => [one.id, wordsOf(one.examples ?? [])]));
  const holders = new Map<string, number>();
  for (const words of examples.values()) {
    for (const word of words) holders.set(word, (holders.get(word) ?? 0) + 1);
  }
  return new Map(
    categories.map((category) => {
      const { id, name, signals } = category;
      if (Object.keys(signals).length > 0 || id === FALLBACK_CATEGORY) return [id, signals];
      const own = [...(examples.get(id) ?? [])].filter((word) => holders.get(word) === 1);
      return [id, { '*': [...namesOf(name), ...own.slice(0, MOST_WORDS).map(toSignal)] }];
    }),
  );
}

function namesOf(name: string): string[] {
  const words = foldWords(name).slice(0, 8);
  return words.length === 0 ? [] : [`${words.join(' ')}^2`];
}

function toSignal(word: string): string {
  return word.length >= STEM ? `${word}*^1.5` : `${word}^1.5`;
}

function wordsOf(texts: readonly string[]): ReadonlySet<string> {
  return new Set(texts.flatMap(foldWords).filter((word) => word.length >= SHORTEST));
}
