import { createHash } from 'node:crypto';
import type { Embedder } from './analysis/embedding/embedder.ts';
import type { Trainer } from './analysis/learned/create-trainer.ts';
import { toLabelMeanings } from './analysis/learned/meaning/to-meanings.ts';
import type { TrainingFigures } from './analysis/learned/measure-model.ts';
import type { Stores } from './create-stores.ts';
import type { LearnedField } from './domain/learning.ts';
import { FALLBACK_CATEGORY } from './domain/taxonomy.ts';
import { modelPlace, openMeaning, openStoredGrams } from './sealed-learning.ts';
import type { Sealer } from './security/seal.ts';

export interface Taught {
  readonly field: LearnedField;
  readonly rows: number;
  readonly labels: number;
  /** Examples that an earlier version stored, and that only teaching them again makes usable. */
  readonly leftAside: number;
  /** Why nothing was trained: corrections work without training, a model needs enough rows. */
  readonly skipped?: string;
  readonly figures?: TrainingFigures;
  /** Id of the embedding model that helped. */
  readonly embedding?: string;
  readonly seconds?: number;
}

/** Fewer rows, or one label only, teach nothing that the corrections themselves do not say. */
export const LEAST_ROWS = 30;
export const LEAST_LABELS = 2;
export const MOST_ROWS = 6000;

export interface Classroom {
  readonly stores: Pick<Stores, 'learning'>;
  readonly sealer: Sealer;
  readonly trainer: Pick<Trainer, 'train'>;
  /** The installed embedding model: only vectors of it count. */
  readonly embedder?: Embedder | undefined;
  /** What share of the sure decisions may be wrong, 0 to 1; undefined: the usual one. */
  readonly targetError?: number | undefined;
}

/** Trains one field of an account on the latest of all that it was taught. Seconds, in a thread of its own. */
export async function teachAccount(
  { stores: { learning }, sealer, trainer, embedder, targetError }: Classroom,
  accountId: string,
  field: LearnedField,
): Promise<Taught> {
  const stored = await learning.listExamples(accountId, field, MOST_ROWS);
  const examples = stored.flatMap((one) => {
    const grams = openStoredGrams(one, sealer);
    return grams === undefined ? [] : [{ ...one, meaning: openMeaning(one, sealer), grams }];
  });
  const leftAside = stored.length - examples.length;
  const labels = new Set(examples.map(({ label }) => label)).size;
  if (examples.length < LEAST_ROWS || labels < LEAST_LABELS) {
    const skipped = `a model needs ${LEAST_ROWS} rows of two labels: these are kept for when there are more; corrections work without it`;
    return { field, rows: examples.length, labels, leftAside, skipped };
  }
  const start = performance.now();
  const rows = examples.map(({ grams, label, caseKey, meaning }) => {
    const row = { grams, label, group: caseKey };
    return meaning !== undefined && meaning.embedder === embedder?.id ? { ...row, meaning } : row;
  });
  const names = await toLabelMeanings(
    embedder,
    examples.map(({ label }) => label),
  );
  const fallback = field === 'category' ? FALLBACK_CATEGORY : undefined;
  const { model, figures, embedding } = await trainer.train(rows, { fallback, names, targetError });
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
    leftAside,
    figures,
    ...(embedding !== undefined && { embedding }),
    seconds: Math.round((performance.now() - start) / 100) / 10,
  };
}
