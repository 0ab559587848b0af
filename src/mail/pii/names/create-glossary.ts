import { randomInt } from 'node:crypto';
import { hashText } from './hash.ts';

/** Words that are kept. */
const GLOSSARY = 16_384;
const SEED = 2 ** 32;

/** Words that were looked at: mail repeats its words, and so does the next mail. */
export interface Glossary {
  /** `columns` numbers for each word. */
  readonly looks: Int32Array;
  /** Where in `looks` those of the word begin. */
  rowOf(word: string): number;
}

/**
 * `lookAt` writes what it finds of a word to a row. Kept by a hash of 53 bits, never by the word itself: that would keep
 * strangers' words, and with a long one the whole text that it was cut from. Seeds that no sender knows let none choose a word
 * that passes for another.
 */
export function createGlossary(
  columns: number,
  lookAt: (word: string, looks: Int32Array, at: number) => void,
): Glossary {
  const looks = new Int32Array(GLOSSARY * columns);
  const rows = new Map<number, number>();
  const [one, two] = [randomInt(SEED), randomInt(SEED)];
  return {
    looks,
    rowOf(word) {
      const key = (hashText(word, one) >>> 0) * 2 ** 21 + (hashText(word, two) >>> 11);
      const known = rows.get(key);
      if (known !== undefined) return known;
      // Full: it begins anew, so that no sender can make it grow.
      if (rows.size === GLOSSARY) rows.clear();
      const row = rows.size * columns;
      lookAt(word, looks, row);
      rows.set(key, row);
      return row;
    },
  };
}
