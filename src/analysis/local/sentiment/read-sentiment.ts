import type { Reason, Sentiment } from '../../../domain/analysis.ts';
import type { Facts, WeighedHit } from '../facts/facts.ts';
import { createNegation } from './create-negation.ts';

/** `not good` is half as bad as `good` is good: the opposite, and weaker. */
const NEGATED = -0.5;
const STRESSED = 1.4;
/** Anger is the strongest mood. */
const ANGER = 1.6;
/** How fast the sum saturates: one plain word gives 0.24, three give 0.6. */
const SOFTNESS = 16;
const NEUTRAL = 0.2;
const MOST_REASONS = 5;
/** `!!!` and a line in capitals make what is said louder; they are no mood of their own. */
const LOUD = 1.2;
const KINDS: Readonly<Record<string, number>> = { 'mood-good': 1, 'mood-bad': -1, anger: -ANGER };

/** The mood of what the sender wrote, subject included, sign-off and quotes not. Rises with words, saturates at ±1. */
export function readSentiment(facts: Facts): Sentiment {
  const words = new Map<string, { weight: number; text: string }>();
  const isNegated = createNegation(facts);
  for (const cue of facts.cues) {
    const direction = KINDS[cue.hit.phrase.target.id];
    if (direction === undefined || isAfterLetter(facts, cue)) continue;
    const negated = isNegated(cue);
    const stress = isNegated.isStressed(cue) ? STRESSED : 1;
    const weight =
      direction * Math.min(2, cue.hit.phrase.weight) * cue.fit * stress * (negated ? NEGATED : 1);
    const text = negated ? `"${cue.hit.phrase.text}", negated` : `"${cue.hit.phrase.text}"`;
    const key = `${cue.field}:${cue.hit.word}`;
    // `very disappointed` is anger and a bad mood: the stronger one speaks.
    if (Math.abs(words.get(key)?.weight ?? 0) < Math.abs(weight)) words.set(key, { weight, text });
  }
  const found = [...words.values()];
  const sum = found.reduce((total, { weight }) => total + weight, 0) * (isLoud(facts) ? LOUD : 1);
  const score = Math.round((sum / Math.sqrt(sum * sum + SOFTNESS)) * 100) / 100;
  return { score, label: toLabel(score), reasons: toReasons(found) };
}

function toLabel(score: number): Sentiment['label'] {
  if (score >= NEUTRAL) return 'positive';
  return score <= -NEUTRAL ? 'negative' : 'neutral';
}

function isAfterLetter({ body, letterEnd }: Facts, { field, hit }: WeighedHit): boolean {
  return field === 'body' && (body.starts[hit.word] ?? 0) >= letterEnd;
}

function isLoud({ subject, body }: Facts): boolean {
  const text = `${subject.text}\n${body.text.slice(0, 4000)}`;
  return text.includes('!!') || /\p{Lu}{4,20} \p{Lu}{3,20} \p{Lu}{3,20}/u.test(text);
}

function toReasons(found: readonly { weight: number; text: string }[]): Reason[] {
  const byText = new Map<string, number>();
  for (const { weight, text } of found) byText.set(text, (byText.get(text) ?? 0) + weight);
  return [...byText]
    .map(([text, weight]) => ({ text, weight: Math.round(weight * 100) / 100 }))
    .filter(({ weight }) => weight !== 0)
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
    .slice(0, MOST_REASONS);
}
