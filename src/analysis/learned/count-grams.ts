import { type LearnedText, listGrams } from './list-grams.ts';

/** How often each gram stands in one text. Hashes only: the words cannot be read back from it. */
export interface GramCounts {
  /** Signed 32-bit hashes, in the order of their first sight. */
  readonly hashes: Int32Array;
  readonly counts: Uint16Array;
  /** Index into `BLOCKS`. */
  readonly blocks: Uint8Array;
}

const MOST = 65_535;

export function countGrams(text: LearnedText): GramCounts {
  const places = new Map<number, number>();
  const counts: number[] = [];
  const blocks: number[] = [];
  listGrams(text, (hash, block) => {
    const place = places.get(hash);
    if (place === undefined) {
      places.set(hash, counts.length);
      counts.push(1);
      blocks.push(block);
    } else counts[place] = Math.min(MOST, (counts[place] ?? 0) + 1);
  });
  return {
    hashes: Int32Array.from(places.keys()),
    counts: Uint16Array.from(counts),
    blocks: Uint8Array.from(blocks),
  };
}
