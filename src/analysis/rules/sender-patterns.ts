import type { LearnedField } from '../../domain/learning.ts';

/** One decision of a person about one mail. */
export interface SenderDecision {
  /** As of `senderKeyOf`. */
  readonly sender: string;
  readonly field: LearnedField;
  readonly label: string;
}

export interface SenderPattern {
  readonly label: string;
  /** How many decisions in a row said so, the latest ones. */
  readonly decisions: number;
}

export interface SenderPatterns {
  /** Part of the provenance of each decision. */
  readonly version: string;
  find(sender: string, field: LearnedField): SenderPattern | undefined;
}

/** Fewer may be chance. */
const LEAST = 3;
/** One other decision among the latest so many, and the sender has no pattern. */
const LATEST = 5;

/** What people keep deciding about mail of one sender or list. `decisions`: the latest first. */
export function createSenderPatterns(decisions: readonly SenderDecision[], version: string): SenderPatterns {
  const bySender = new Map<string, string[]>();
  for (const { sender, field, label } of decisions) {
    const key = `${field} ${sender}`;
    bySender.set(key, [...(bySender.get(key) ?? []), label]);
  }
  return {
    version,
    find(sender, field) {
      const labels = bySender.get(`${field} ${sender}`) ?? [];
      const [label] = labels;
      if (label === undefined || labels.slice(0, LATEST).some((one) => one !== label)) return undefined;
      const end = labels.findIndex((one) => one !== label);
      const count = end < 0 ? labels.length : end;
      return count < LEAST ? undefined : { label, decisions: count };
    },
  };
}
