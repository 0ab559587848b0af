import type { Facts, WeighedHit } from '../facts/facts.ts';

/** "was not at all good", "hat nicht wirklich gut": how far before a word its negation may stand. Words. */
const REACH = 3;

interface Negation {
  /** A negation stands shortly before, in the same sentence; in German also right behind. */
  (cue: WeighedHit): boolean;
  /** "very", "sehr" stands right before. */
  isStressed(cue: WeighedHit): boolean;
}

/** Asks for many cues of one message; the places of negations are looked up once, so that it stays linear. */
export function createNegation(facts: Facts): Negation {
  const places = (id: string): ReadonlySet<string> =>
    new Set(
      facts.cues
        .filter(({ hit }) => hit.phrase.target.id === id)
        .map(({ hit, field }) => `${field}:${hit.word + hit.phrase.length - 1}`),
    );
  const negations = places('negation');
  const stresses = places('mood-more');
  const isNegated = ({ field, hit }: WeighedHit): boolean => {
    if (field === 'history') return false;
    const { text, starts, ends } = facts[field];
    if (facts.view.language === 'de' && negations.has(`${field}:${hit.word + hit.phrase.length}`))
      return true;
    for (let back = 1; back <= REACH; back++) {
      const at = hit.word - back;
      if (negations.has(`${field}:${at}`)) return !/[.!?;,\n]/.test(text.slice(ends[at], starts[hit.word]));
    }
    return false;
  };
  return Object.assign(isNegated, {
    isStressed: ({ field, hit }: WeighedHit) => stresses.has(`${field}:${hit.word - 1}`),
  });
}
