import type { Facts, WeighedHit } from '../facts/facts.ts';

/** "is not at all urgent": how far before the word its negation may stand. Words. */
const REACH = 3;

/** True for `not urgent`, `nicht dringend`, `pas urgent`: a negation shortly before, in the same sentence. */
export function isNegated(facts: Facts, cue: WeighedHit): boolean {
  const scan = cue.field === 'subject' ? facts.subject : facts.body;
  const at = cue.hit.word;
  return facts.cues.some(({ hit, field }) => {
    if (field !== cue.field || hit.phrase.target.id !== 'negation') return false;
    // "Es eilt nicht": German puts it behind the verb.
    if (facts.view.language === 'de' && hit.word === at + cue.hit.phrase.length) return true;
    if (hit.word >= at || at - hit.word > REACH) return false;
    return !/[.!?;,\n]/.test(scan.text.slice(scan.ends[hit.word], scan.starts[at]));
  });
}
