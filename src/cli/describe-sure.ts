import type { TrainingFigures } from '../analysis/learned/measure-model.ts';
import type { LearnedField } from '../domain/learning.ts';
import { wilsonUpper } from './wilson-upper.ts';

const WITHOUT: Readonly<Record<LearnedField, string>> = {
  category:
    'MODEL_THRESHOLD counts instead: what is less sure goes to a model where one is configured, else to a person.',
  priority: 'Nobody is asked about a priority because of how sure it is.',
};

/** What training measured of how sure decisions are, and what follows from it, in one line. */
export function describeSure(
  { threshold, coverage, error, targetError }: TrainingFigures,
  { field, rows }: { readonly field: LearnedField; readonly rows: number },
): string {
  if (coverage === 0)
    return `No confidence was found from which on at most ${percent(targetError)} are wrong. ${WITHOUT[field]} More rows, or a higher --target-error, may find one.`;
  // The cut was chosen on the rows that it was measured on.
  const most = Math.round(wilsonUpper(error, Math.max(1, coverage * rows)) * 100);
  return `Sure from a confidence of ${threshold.toFixed(2)} on: ${percent(coverage)} of those rows, of which ${percent(error)} were wrong (allowed: ${percent(targetError)}; of new mail it may be ${most} %, by so many rows).`;
}

function percent(share: number): string {
  return `${Math.round(share * 1000) / 10} %`;
}
