import type { Facts, WeighedHit } from '../facts/facts.ts';
import type { Evidence } from './evidence/evidence.ts';

const SUBJECT = 2;
/** The first lines say what a mail wants. UTF-16 units. */
const OPENING = 500;
const OPENING_BONUS = 1.2;
/** Signatures and disclaimers are full of words that nobody meant. */
const AFTER_SIGN_OFF = 0.3;
/** A repeated phrase adds this much of its weight, once. */
const REPEAT = 0.35;
/** Mails beyond this length hold more words of every kind. Words. */
const PLAIN_LENGTH = 180;

/** Turns the phrases that were found into evidence, one piece for each phrase and field. */
export function scoreSignals(facts: Facts): Evidence[] {
  const dilution = Math.sqrt(Math.max(1, facts.body.starts.length / PLAIN_LENGTH));
  const seen = new Map<string, { weight: number; count: number; hit: WeighedHit }>();
  for (const weighed of facts.signals) {
    const { phrase } = weighed.hit;
    const key = `${phrase.target.id}|${phrase.text}|${weighed.field}`;
    const weight = phrase.weight * weighed.fit * placeWeight(weighed, facts, dilution);
    const known = seen.get(key);
    if (known === undefined) seen.set(key, { weight, count: 1, hit: weighed });
    else if (++known.count === 2) known.weight += weight * REPEAT;
  }
  return [...seen.values()].map(({ weight, hit: { hit, field } }) => ({
    category: hit.phrase.target.id,
    weight,
    text: `"${hit.phrase.text}" in the ${field === 'subject' ? 'subject' : 'text'}`,
  }));
}

function placeWeight({ hit, field }: WeighedHit, facts: Facts, dilution: number): number {
  if (field === 'subject') return SUBJECT;
  const offset = facts.body.starts[hit.word] ?? 0;
  if (offset >= facts.letterEnd) return AFTER_SIGN_OFF / dilution;
  return offset < OPENING ? OPENING_BONUS : 1 / dilution;
}
