import type { Reason, SureFrom } from '../../domain/analysis.ts';
import type { LearnedDecision } from './create-learner.ts';
import type { FieldKnowledge } from './learned.ts';
import type { LearnedText } from './list-grams.ts';
import type { Meaning } from './meaning/meaning-model.ts';

export interface FieldDecision {
  readonly label: string;
  /** 0 to 1. */
  readonly confidence: number;
  /** undefined: nothing was measured, or a person decided a mail like it. */
  readonly sureFrom: SureFrom | undefined;
  readonly reasons: readonly Reason[];
  readonly ranked: readonly { readonly label: string; readonly confidence: number }[];
}

/** A person's word about a mail that is nearly this one is all but certain. */
const SUREST = 0.97;
/** Less alike is no reason that a person would see. */
const LEAST_ALIKE = 0.6;
/** What a memory without any likeness would be worth. */
const LEAST_SURE = 0.6;

/** What was taught says about this text: a mail that a person corrected and that is like it comes first. */
export function decideField(
  text: LearnedText,
  { learner, recollect }: FieldKnowledge,
  meaning?: Meaning,
): FieldDecision | undefined {
  const memory = recollect(text, meaning);
  if (memory !== undefined) {
    const confidence = Math.min(SUREST, LEAST_SURE + 0.37 * memory.similarity);
    const likeness = Math.round(memory.similarity * 100);
    return {
      label: memory.label,
      confidence,
      sureFrom: undefined,
      reasons: [{ text: `a person decided a mail like this one (${likeness} % alike)`, weight: 1 }],
      ranked: [{ label: memory.label, confidence }],
    };
  }
  if (learner === undefined) return undefined;
  const { label, confidence, sureFrom, ranked, words, nearest } = learner.decide(text, meaning);
  const named = words.map((word) => ({
    text: `learned from mail of this account: "${word.text}"`,
    weight: word.weight,
  }));
  const reasons = [...toLikeness(nearest, label), ...named];
  const plain: Reason = { text: 'learned from mail of this account', weight: 1 };
  return { label, confidence, sureFrom, ranked, reasons: reasons.length === 0 ? [plain] : reasons };
}

/** The nearest mail of all that were taught, when it speaks for the label. */
function toLikeness(nearest: LearnedDecision['nearest'], label: string): Reason[] {
  if (nearest === undefined || nearest.label !== label || nearest.likeness < LEAST_ALIKE) return [];
  const percent = Math.round(nearest.likeness * 100);
  const text = `means nearly the same as mail taught as "${label}" (${percent} % alike)`;
  return [{ text, weight: Math.round(nearest.likeness * 1000) / 1000 }];
}
