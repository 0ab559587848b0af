import type { Classification, PriorityDecision, Reading } from '../../domain/analysis.ts';

/**
 * How unsure a category is, in words; undefined: it is sure enough. Where nothing was measured, or no confidence kept to
 * the target, `threshold`, 0 to 1, counts, and the words say so.
 */
export function findDoubt(
  { confidence, sureFrom }: Pick<Classification, 'confidence' | 'sureFrom'>,
  threshold: number,
): string | undefined {
  if (sureFrom !== undefined && sureFrom.coverage > 0) return findMeasuredDoubt({ confidence, sureFrom });
  if (confidence >= threshold) return undefined;
  const why =
    sureFrom === undefined
      ? 'which nobody measured'
      : `since more than ${percent(sureFrom.targetError)} were wrong however sure`;
  return `${percent(confidence)} sure where ${percent(threshold)} count, ${why}`;
}

/** The same of what was measured; undefined also where nothing was, or no confidence told the right from the wrong. */
export function findMeasuredDoubt({
  confidence,
  sureFrom,
}: Pick<PriorityDecision, 'confidence' | 'sureFrom'>): string | undefined {
  if (confidence === undefined || sureFrom === undefined || confidence >= sureFrom.threshold)
    return undefined;
  const { threshold, error, coverage } = sureFrom;
  if (coverage === 0) return undefined;
  return `${percent(confidence)} sure where ${percent(threshold)} count, from where on ${percent(error)} were wrong`;
}

/**
 * Sends to a person what was taught and stayed unsure when everybody who could be asked was. `threshold` as in `findDoubt`;
 * what the rules alone decided stays as it is.
 */
export function withDoubts({ classification, priority, summary }: Reading, threshold: number): Reading {
  const doubt = classification.sureFrom && findDoubt(classification, threshold);
  const less = findMeasuredDoubt(priority);
  return {
    classification:
      doubt === undefined || classification.needsPerson !== undefined
        ? classification
        : { ...classification, needsPerson: `the category is undecided: ${doubt}` },
    priority:
      less === undefined || priority.needsPerson !== undefined
        ? priority
        : { ...priority, needsPerson: `the priority is undecided: ${less}`, isUnsure: true },
    summary,
  };
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
