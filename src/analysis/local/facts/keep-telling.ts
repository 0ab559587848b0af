import type { WeighedHit } from './facts.ts';

/**
 * Leaves out what says the same thing again: `order status` is not also an `order`, and `bestell*` not also `bestellung`.
 * Longer phrases win over those inside them; of equal length, each word speaks once for a category, at its strongest.
 */
export function keepTelling(hits: readonly WeighedHit[]): WeighedHit[] {
  const reach = new Map<number, number>();
  for (const { hit, fit } of hits) {
    // A foreign phrase must not push out one of the message's own language.
    const length = fit === 1 ? hit.phrase.length : 0;
    for (const word of wordsOf(hit)) reach.set(word, Math.max(reach.get(word) ?? 0, length));
  }
  const told = new Set<string>();
  return hits
    .toSorted((a, b) => b.hit.phrase.weight * b.fit - a.hit.phrase.weight * a.fit)
    .filter(({ hit }) => {
      const { id } = hit.phrase.target;
      const words = wordsOf(hit);
      const tells = words.some(
        (word) => (reach.get(word) ?? 0) <= hit.phrase.length && !told.has(`${id}:${word}`),
      );
      if (tells) for (const word of words) told.add(`${id}:${word}`);
      return tells;
    });
}

function wordsOf(hit: WeighedHit['hit']): number[] {
  return Array.from({ length: hit.phrase.length }, (_, offset) => hit.word + offset);
}
