import type { BounceReason } from '../../../domain/bounce.ts';
import { REASON_LEXICON } from './reason-lexicon.ts';

/** Longer answers say the same again, or quote the mail that came back. */
export const MAX_DIAGNOSIS_CHARS = 4000;

/** Answers once for each reason whether a text words it. */
export type SaysReason = (reason: BounceReason) => boolean;

/** Prepares a diagnosis for the lexicon: a bounded, lower-case text with single spaces, each reason looked up once. */
export function scanReasons(diagnosis: string): SaysReason {
  const text = diagnosis.slice(0, MAX_DIAGNOSIS_CHARS).toLowerCase().replace(/\s+/g, ' ');
  const known = new Map<BounceReason, boolean>();
  return (reason) => {
    const before = known.get(reason);
    if (before !== undefined) return before;
    const says = REASON_LEXICON[reason]?.some((pattern) => pattern.test(text)) ?? false;
    known.set(reason, says);
    return says;
  };
}
