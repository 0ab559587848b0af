import type { Classification, Reason } from '../../../domain/analysis.ts';
import { FALLBACK_CATEGORY } from '../../../domain/taxonomy.ts';
import type { Evidence } from './evidence/evidence.ts';

/** How strong the thought "it is something else" is: one good word in the subject must beat it. */
const OTHER_SCORE = 1.4;
/** Higher is humbler: 1.5 brings confidence near the share of right answers on the sample mailbox. */
const TEMPERATURE = 1.5;
/** That nothing is known to fit is no knowledge: a model or a person should look. */
const DOUBT = 0.4;
const MOST_REASONS = 6;
const MOST_ALTERNATIVES = 3;

/**
 * Weighs evidence into a decision. `confidence` is the winner's softmax share against every category with evidence and
 * against "something else". On the sample mailbox, which the rules were tuned on, about 95 of 100 above 0.9 were right
 * and three of four around 0.5; it is an order, not yet a probability for mail never seen.
 */
export function toClassification(evidence: readonly Evidence[], known: ReadonlySet<string>): Classification {
  const scores = new Map<string, number>([[FALLBACK_CATEGORY, OTHER_SCORE]]);
  for (const { category, weight } of evidence) {
    if (known.has(category)) scores.set(category, (scores.get(category) ?? 0) + weight);
  }
  const positive = [...scores].filter(([, score]) => score > 0);
  const top = Math.max(...positive.map(([, score]) => score));
  const shares = positive.map(([id, score]) => [id, Math.exp((score - top) / TEMPERATURE)] as const);
  const total = shares.reduce((sum, [, share]) => sum + share, 0);
  const ranked = shares
    .map(([category, share]) => ({ category, confidence: round(share / total) }))
    .sort((a, b) => b.confidence - a.confidence || (a.category < b.category ? -1 : 1));
  const [best, ...rest] = ranked;
  if (best === undefined) throw new RangeError('no category was scored');
  return {
    category: best.category,
    confidence: best.category === FALLBACK_CATEGORY ? Math.min(best.confidence, DOUBT) : best.confidence,
    reasons: toReasons(evidence, best.category, scores.get(best.category) ?? OTHER_SCORE),
    alternatives: rest.filter(({ confidence }) => confidence >= 0.01).slice(0, MOST_ALTERNATIVES),
  };
}

function toReasons(evidence: readonly Evidence[], category: string, score: number): Reason[] {
  const reasons = evidence
    .filter((one) => one.category === category && one.weight !== 0)
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
    .slice(0, MOST_REASONS)
    .map(({ text, weight }) => ({ text, weight: round(weight / score) }));
  if (reasons.length > 0) return reasons;
  return [{ text: 'nothing in the message speaks clearly for a category', weight: 1 }];
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
