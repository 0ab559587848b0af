import type { Classification } from '../../domain/analysis.ts';
import { suspicionReason } from '../suspicion-reason.ts';

/**
 * True when another engine should look: the confidence (0 to 1) is below `threshold`, or an engine found the message
 * suspicious, which no confidence excuses.
 */
export function needsSecondRead(classification: Classification, threshold: number): boolean {
  return classification.confidence < threshold || classification.reasons.some(suspicionReason.is);
}
