import type { Classification } from '../../domain/analysis.ts';
import type { MessageView } from '../../domain/message.ts';
import { suspicionReason } from '../suspicion-reason.ts';
import { decideField } from './decide-field.ts';
import type { Learned } from './learned.ts';
import { toLearnedText } from './to-learned-text.ts';

const MOST_ALTERNATIVES = 3;
/** What the rules know of how attackers write is not unlearned from mails that look alike. */
const GUARDED: ReadonlySet<string> = new Set(['phishing', 'spam']);

/**
 * The rules' decision, or what the account was taught where that is surer. Both confidences count as probabilities; a
 * mail that talks to the machine, and what the rules hold for an attack, stays as the rules say.
 */
export function applyLearnedCategory(
  view: MessageView,
  rules: Classification,
  learned: Learned | undefined,
  known: ReadonlySet<string>,
): Classification {
  const knowledge = learned?.fields.category;
  if (knowledge === undefined || GUARDED.has(rules.category)) return rules;
  if (rules.reasons.some(suspicionReason.is)) return rules;
  const taught = decideField(toLearnedText(view), knowledge, learned?.meaning);
  if (taught === undefined || !known.has(taught.label)) return rules;
  // What was measured of the model says nothing of what the rules decide.
  if (taught.confidence <= rules.confidence) return rules;
  const others = [...taught.ranked.slice(0), ...(taught.ranked.length > 1 ? [] : toRanked(rules))];
  return {
    category: taught.label,
    confidence: round(taught.confidence),
    ...(taught.sureFrom !== undefined && { sureFrom: taught.sureFrom }),
    reasons: [...taught.reasons, ...(rules.category === taught.label ? rules.reasons : [])],
    alternatives: others
      .filter(({ label, confidence }) => label !== taught.label && known.has(label) && confidence >= 0.01)
      .slice(0, MOST_ALTERNATIVES)
      .map(({ label, confidence }) => ({ category: label, confidence: round(confidence) })),
  };
}

function toRanked({ category, confidence, alternatives }: Classification) {
  return [{ category, confidence }, ...alternatives].map((one) => ({
    label: one.category,
    confidence: one.confidence,
  }));
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
