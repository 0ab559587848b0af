import type { LearnedModel } from './learned-model.ts';
import { type LearnedText, listGrams } from './list-grams.ts';
import type { SparseVector } from './vocabulary.ts';

const MOST = 4;

/**
 * The words of the text that speak most for a label. The model knows hashes only; the words are found by hashing the
 * text at hand once more.
 */
export function explainLabel(
  text: LearnedText,
  { places, values }: SparseVector,
  { vocabulary, weights }: LearnedModel,
  label: number,
): { text: string; weight: number }[] {
  const own = weights[label];
  if (own === undefined) return [];
  const shares = new Map<number, number>();
  let total = 0;
  for (let i = 0; i < places.length; i++) {
    const place = places[i] as number;
    const share = (own[place] as number) * (values[i] as number);
    total += Math.abs(share);
    if (share > 0) shares.set(vocabulary.hashes[place] as number, share);
  }
  const found = new Map<string, number>();
  listGrams(text, (hash, block, lower, start, end) => {
    if (block === 1 || block === 3) return;
    const share = shares.get(hash);
    if (share === undefined) return;
    const words = lower.slice(start, end).replace(/\s+/g, ' ');
    found.set(words, Math.max(found.get(words) ?? 0, share));
  });
  return [...found]
    .sort((a, b) => b[1] - a[1])
    .slice(0, MOST)
    .map(([words, share]) => ({
      text: words,
      weight: Math.round((1000 * share) / Math.max(total, 1e-9)) / 1000,
    }));
}
