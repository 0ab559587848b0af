import type { SureFrom } from '../../domain/analysis.ts';

/** Of the sure decisions 1 in 10 may be wrong, unless somebody says otherwise. */
export const USUAL_TARGET_ERROR = 0.1;
/** Fewer sure rows tell too little of how often they are wrong. */
const LEAST_ROWS = 20;

/**
 * The lowest confidence from which on at most `targetError` of the decisions about rows held aside were wrong (selective
 * classification: El-Yaniv and Wiener, 2010). Chosen on the rows that it is measured on, it is a little hopeful with few
 * of them. Confidences count in thousandths, as decisions show them.
 */
export function fitSureFrom(
  confidences: readonly number[],
  isRight: readonly boolean[],
  targetError: number,
): SureFrom {
  const rows = confidences.length;
  const order = confidences
    .map((confidence, row) => ({ confidence: Math.round(confidence * 1000) / 1000, right: isRight[row] }))
    .sort((a, b) => b.confidence - a.confidence);
  let best: SureFrom = { threshold: 1, targetError, error: 0, coverage: 0, rows };
  let wrong = 0;
  for (const [i, { confidence, right }] of order.entries()) {
    if (right !== true) wrong += 1;
    const sure = i + 1;
    // Rows that are alike in their confidence are sure together, or not at all.
    if (order[sure]?.confidence === confidence || sure < LEAST_ROWS) continue;
    if (wrong / sure > targetError) continue;
    best = {
      threshold: confidence,
      targetError,
      error: round(wrong / sure),
      coverage: round(sure / rows),
      rows,
    };
  }
  return best;
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
