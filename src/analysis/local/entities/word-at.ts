import type { Scan } from '../lexicon/scan-text.ts';

/** The number of the last word that begins at or before `offset`, by binary search; 0 when none does. */
export function wordAt({ starts }: Pick<Scan, 'starts'>, offset: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}
