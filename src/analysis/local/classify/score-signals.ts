import type { Facts, WeighedHit } from '../facts/facts.ts';
import type { Evidence } from './evidence/evidence.ts';

const SUBJECT = 2;
/** The subject of an answer is the thread's: what this message wants stands in its text. */
const SUBJECT_OF_ANSWER = 1.5;
const ANSWER_PREFIX = /^\s*(?:re|aw|wg|fwd?|tr|rv|sv|vs|ant|rif|res|enc|i|r)\s{0,2}(?:\[\d{1,3}\])?\s{0,2}:/i;
/** The first lines say what a mail wants. UTF-16 units. */
const OPENING = 500;
const OPENING_BONUS = 1.2;
/** Signatures and disclaimers are full of words that nobody meant. */
const AFTER_SIGN_OFF = 0.3;
/** What is quoted was said before, often by us. */
const HISTORY = 0.3;
/** A repeated phrase adds this much of its weight, once. */
const REPEAT = 0.35;
/** Mails beyond this length hold more words of every kind. Words. */
const PLAIN_LENGTH = 180;

const FIELD_NAMES = { subject: 'subject', body: 'text', history: 'quoted text' } as const;

/** Turns the phrases that were found into evidence, one piece for each phrase and field. */
export function scoreSignals(facts: Facts): Evidence[] {
  const place = placeWeights(facts);
  const seen = new Map<string, { weight: number; count: number; hit: WeighedHit }>();
  for (const weighed of facts.signals) {
    const { phrase } = weighed.hit;
    const key = `${phrase.target.id}|${phrase.text}|${weighed.field}`;
    const weight = phrase.weight * weighed.fit * place(weighed);
    const known = seen.get(key);
    if (known === undefined) seen.set(key, { weight, count: 1, hit: weighed });
    else if (++known.count === 2) known.weight += weight * REPEAT;
  }
  return [...seen.values()].map(({ weight, hit: { hit, field } }) => ({
    category: hit.phrase.target.id,
    weight,
    text: `"${hit.phrase.text}" in the ${FIELD_NAMES[field]}`,
  }));
}

function placeWeights(facts: Facts): (hit: WeighedHit) => number {
  const { view, subject, body, letterEnd } = facts;
  const isAnswer = view.inReplyTo !== undefined || ANSWER_PREFIX.test(subject.text);
  const dilution = Math.sqrt(Math.max(1, body.starts.length / PLAIN_LENGTH));
  return ({ hit, field }) => {
    if (field === 'subject') return isAnswer ? SUBJECT_OF_ANSWER : SUBJECT;
    if (field === 'history') return HISTORY;
    const offset = body.starts[hit.word] ?? 0;
    if (offset >= letterEnd) return AFTER_SIGN_OFF / dilution;
    return offset < OPENING ? OPENING_BONUS : 1 / dilution;
  };
}
