import type { GramCounts } from './count-grams.ts';
import { BLOCKS } from './list-grams.ts';

/** What each block of grams weighs in a vector, and with which it is scaled to one length: words and marks together. */
const BLOCK_WEIGHTS = [1, 1, 0.5, 1];
const SCALED_AS = [0, 1, 2, 0];

/** Which grams a model knows, and how rare each is. */
export interface Vocabulary {
  /** Ascending. */
  readonly hashes: Int32Array;
  readonly idf: Float32Array;
}

/** Sparse: `values[i]` stands at `places[i]` of the vocabulary. */
export interface SparseVector {
  readonly places: Int32Array;
  readonly values: Float32Array;
}

/**
 * idf as in scikit-learn (smooth). Of more than `most` grams those are left out that teach least: parts of words that
 * stand in one row only, then the rarest.
 */
export function createVocabulary(rows: readonly GramCounts[], most: number): Vocabulary {
  const seen = new Map<number, number>();
  const isPart = new Set<number>();
  for (const { hashes, blocks } of rows) {
    for (let i = 0; i < hashes.length; i++) {
      const hash = hashes[i] as number;
      const before = seen.get(hash);
      seen.set(hash, (before ?? 0) + 1);
      if (before === undefined && blocks[i] === 1) isPart.add(hash);
    }
  }
  const worth = ([hash, df]: [number, number]) => (df === 1 && isPart.has(hash) ? 0 : df);
  const all = [...seen];
  if (all.length > most) all.sort((a, b) => worth(b) - worth(a) || a[0] - b[0]);
  const kept = all.slice(0, most).sort((a, b) => a[0] - b[0]);
  return {
    hashes: Int32Array.from(kept, ([hash]) => hash),
    idf: Float32Array.from(kept, ([, df]) => Math.log((1 + rows.length) / (1 + df)) + 1),
  };
}

export type ToVector = (counts: GramCounts) => SparseVector;

/** Sublinear TF-IDF, each block scaled to its own length, what the vocabulary lacks left out. */
export function createVectorizer({ hashes, idf }: Vocabulary): ToVector {
  const places = new Map<number, number>();
  for (let i = 0; i < hashes.length; i++) places.set(hashes[i] as number, i);
  return (counts) => {
    const at = new Int32Array(counts.hashes.length);
    const values = new Float32Array(counts.hashes.length);
    const blocks = new Uint8Array(counts.hashes.length);
    const squares = BLOCKS.map(() => 0);
    let size = 0;
    for (let i = 0; i < counts.hashes.length; i++) {
      const place = places.get(counts.hashes[i] as number);
      if (place === undefined) continue;
      const block = counts.blocks[i] as number;
      const value = (1 + Math.log(counts.counts[i] as number)) * (idf[place] as number);
      at[size] = place;
      values[size] = value;
      blocks[size] = SCALED_AS[block] ?? block;
      const scaled = SCALED_AS[block] ?? block;
      squares[scaled] = (squares[scaled] ?? 0) + value * value;
      size += 1;
    }
    const scales = squares.map((sum, block) => (BLOCK_WEIGHTS[block] ?? 1) / Math.sqrt(sum || 1));
    for (let i = 0; i < size; i++)
      values[i] = (values[i] as number) * (scales[blocks[i] as number] as number);
    return { places: at.slice(0, size), values: values.slice(0, size) };
  };
}
