import type { Classification } from '../../domain/analysis.ts';
import { suspicionReason } from '../suspicion-reason.ts';
import { findDoubt } from './unsure.ts';

/**
 * True when another engine should look: the confidence is below what was measured, or else below `threshold`, or an engine found the message
 * suspicious, which no confidence excuses.
 */
export function needsSecondRead(classification: Classification, threshold: number): boolean {
  return (
    findDoubt(classification, threshold) !== undefined || classification.reasons.some(suspicionReason.is)
  );
}
