import type { Reason } from '../../domain/analysis.ts';
import type { FieldKnowledge } from './learned.ts';
import type { LearnedText } from './list-grams.ts';

export interface FieldDecision {
  readonly label: string;
  /** 0 to 1. */
  readonly confidence: number;
  readonly reasons: readonly Reason[];
  readonly ranked: readonly { readonly label: string; readonly confidence: number }[];
}

/** A person's word about a mail that is nearly this one is all but certain. */
const SUREST = 0.97;
/** What a memory without any likeness would be worth. */
const LEAST_SURE = 0.6;

/** What was taught says about this text: a mail that a person corrected and that is like it comes first. */
export function decideField(
  text: LearnedText,
  { learner, recollect }: FieldKnowledge,
): FieldDecision | undefined {
  const memory = recollect(text);
  if (memory !== undefined) {
    const confidence = Math.min(SUREST, LEAST_SURE + 0.37 * memory.similarity);
    const likeness = Math.round(memory.similarity * 100);
    return {
      label: memory.label,
      confidence,
      reasons: [{ text: `a person decided a mail like this one (${likeness} % alike)`, weight: 1 }],
      ranked: [{ label: memory.label, confidence }],
    };
  }
  if (learner === undefined) return undefined;
  const { label, confidence, ranked, words } = learner.decide(text);
  const named = words.map((word) => ({
    text: `learned from mail of this account: "${word.text}"`,
    weight: word.weight,
  }));
  const plain: Reason = { text: 'learned from mail of this account', weight: 1 };
  return { label, confidence, ranked, reasons: named.length === 0 ? [plain] : named };
}
