import { createHash } from 'node:crypto';
import type { Trainer } from './analysis/learned/create-trainer.ts';
import type { TrainingFigures } from './analysis/learned/measure-model.ts';
import type { Stores } from './create-stores.ts';
import type { LearnedField } from './domain/learning.ts';
import { FALLBACK_CATEGORY } from './domain/taxonomy.ts';
import { modelPlace, openStoredGrams } from './sealed-learning.ts';
import type { Sealer } from './security/seal.ts';

export interface Taught {
  readonly field: LearnedField;
  readonly rows: number;
  readonly labels: number;
  /** Why nothing was trained: corrections work without training, a model needs enough rows. */
  readonly skipped?: string;
  readonly figures?: TrainingFigures;
  readonly seconds?: number;
}

/** Fewer rows, or one label only, teach nothing that the corrections themselves do not say. */
const LEAST_ROWS = 30;
const MOST_ROWS = 6000;

export interface Classroom {
  readonly stores: Pick<Stores, 'learning'>;
  readonly sealer: Sealer;
  readonly trainer: Pick<Trainer, 'train'>;
}

/** Trains one field of an account on the latest of all that it was taught. Seconds, in a thread of its own. */
export async function teachAccount(
  { stores: { learning }, sealer, trainer }: Classroom,
  accountId: string,
  field: LearnedField,
): Promise<Taught> {
  const examples = await learning.listExamples(accountId, field, MOST_ROWS);
  const labels = new Set(examples.map(({ label }) => label)).size;
  if (examples.length < LEAST_ROWS || labels < 2) {
    const skipped = `a model needs ${LEAST_ROWS} rows of two labels; corrections work without it`;
    return { field, rows: examples.length, labels, skipped };
  }
  const start = performance.now();
  const rows = examples.map((one) => ({
    grams: openStoredGrams(one, sealer),
    label: one.label,
    group: one.caseKey,
  }));
  const { model, figures } = await trainer.train(rows, field === 'category' ? FALLBACK_CATEGORY : undefined);
  const body = sealer.seal(model, modelPlace(accountId, field));
  await learning.saveModel({
    accountId,
    field,
    // The same rows give the same model, and so the same version, whoever trains it.
    version: createHash('sha256').update(model).digest('hex').slice(0, 8),
    rows: rows.length,
    figures: { ...figures },
    body,
  });
  return {
    field,
    rows: rows.length,
    labels,
    figures,
    seconds: Math.round((performance.now() - start) / 100) / 10,
  };
}
