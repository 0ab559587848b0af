import type { ExampleRow } from '../db/learning-store.ts';
import type { Stores } from './create-stores.ts';
import { ServiceError } from './domain/service-error.ts';
import { openStoredGrams } from './sealed-learning.ts';
import type { Sealer } from './security/seal.ts';
import { LEAST_LABELS, LEAST_ROWS, MOST_ROWS } from './teach-account.ts';

/**
 * Throws `InvalidInput` when the rows of a file, with all that the account was taught before, make no model and look like
 * a mistake: one label only, or more rows without a label than with one. Rows that are merely few are kept: more may come.
 */
export async function assertTrainable(
  { stores: { learning }, sealer }: { stores: Pick<Stores, 'learning'>; sealer: Sealer },
  given: readonly ExampleRow[],
  source: { readonly file: string; readonly unlabelled: number },
): Promise<void> {
  const [first] = given;
  const stored = first && (await learning.listExamples(first.accountId, first.field, MOST_ROWS));
  const usable = (stored ?? []).filter((one) => openStoredGrams(one, sealer) !== undefined);
  const corrections = usable.filter(({ origin }) => origin === 'correction');
  // As they are stored: a file replaces what a file said, and no correction.
  const rows = new Map([...usable, ...given, ...corrections].map(({ key, label }) => [key, label]));
  const labels = new Set(rows.values()).size;
  if (rows.size >= LEAST_ROWS && labels >= LEAST_LABELS) return;
  if (labels >= LEAST_LABELS && source.unlabelled <= given.length) return;
  const without = source.unlabelled === 0 ? '' : `, and ${count(source.unlabelled, 'row')} without one`;
  const known = usable.length === 0 ? '' : ` with what was taught before`;
  throw new ServiceError(
    'InvalidInput',
    `${source.file} has ${count(given.length, 'row')} with a label${without}: ${count(rows.size, 'row')} of ${count(labels, 'label')}${known}. Nothing was kept`,
    {
      fix: `A model needs ${LEAST_ROWS} rows of two labels at least: add rows to the file, or name the column of the label with --column.`,
    },
  );
}

function count(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? '' : 's'}`;
}
