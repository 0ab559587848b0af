import type { Classification, PriorityDecision, Reading, SureFrom } from '../../domain/analysis.ts';

/**
 * How unsure a category is, in words; undefined: it is sure enough. Where nothing was measured `threshold`, 0 to 1,
 * counts, and the words say so.
 */
export function findDoubt(
  { confidence, sureFrom }: Pick<Classification, 'confidence' | 'sureFrom'>,
  threshold: number,
): string | undefined {
  if (sureFrom !== undefined) return findMeasuredDoubt({ confidence, sureFrom });
  if (confidence >= threshold) return undefined;
  return `${percent(confidence)} sure where ${percent(threshold)} count, which nobody measured`;
}

/** The same of what was measured; undefined also where nothing was. */
export function findMeasuredDoubt({
  confidence,
  sureFrom,
}: Pick<PriorityDecision, 'confidence' | 'sureFrom'>): string | undefined {
  if (confidence === undefined || sureFrom === undefined || confidence >= sureFrom.threshold)
    return undefined;
  const { threshold, error, targetError, coverage } = sureFrom;
  if (coverage === 0) {
    return `${percent(confidence)} sure, and more than ${percent(targetError)} were wrong however sure`;
  }
  return `${percent(confidence)} sure where ${percent(threshold)} count, from where on ${percent(error)} were wrong`;
}

/** Sends to a person what stayed below the measured thresholds when everybody who could be asked was. */
export function withDoubts({ classification, priority, summary }: Reading): Reading {
  return {
    classification: withDoubt(classification, 'the category is undecided'),
    priority: withDoubt(priority, 'the priority is undecided'),
    summary,
  };
}

function withDoubt<T extends { confidence?: number; sureFrom?: SureFrom; needsPerson?: string }>(
  decision: T,
  what: string,
): T {
  const doubt = findMeasuredDoubt(decision);
  if (doubt === undefined || decision.needsPerson !== undefined) return decision;
  return { ...decision, needsPerson: `${what}: ${doubt}` };
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
