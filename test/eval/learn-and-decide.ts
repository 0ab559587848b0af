import { countGrams } from '../../src/analysis/learned/count-grams.ts';
import { createLearner, type LearnedDecision } from '../../src/analysis/learned/create-learner.ts';
import type { LearnedText } from '../../src/analysis/learned/list-grams.ts';
import { addMeaning } from '../../src/analysis/learned/meaning/add-meaning.ts';
import { toLabelMeanings, toMeanings } from '../../src/analysis/learned/meaning/to-meanings.ts';
import { trainModel } from '../../src/analysis/learned/train-model.ts';
import type { EvalOptions } from './eval-options.ts';
import { openModel } from './open-model.ts';

export interface Labelled {
  readonly text: LearnedText;
  readonly label: string;
  readonly group: string;
}

export interface LearnedAndDecided {
  readonly decisions: LearnedDecision[];
  /** What every measurement tells of how it was learned. */
  readonly learning: {
    /** Id of the embedding model; null: decided by words alone. */
    readonly embedding: string | null;
    /** Embedding the rows not counted. */
    readonly trainSeconds: number;
    readonly embedSeconds: number;
  };
}

/** Learns as `mailroom learn` does and decides as the engine does. */
export async function learnAndDecide(
  train: readonly Labelled[],
  test: readonly Labelled[],
  { model, ...options }: Pick<EvalOptions, 'seed' | 'model'> & { readonly fallback?: string },
): Promise<LearnedAndDecided> {
  const embedder = await openModel(model);
  try {
    const start = performance.now();
    const textsOf = (rows: readonly Labelled[]) => rows.map(({ text }) => text);
    const known = await toMeanings(embedder, textsOf(train));
    const asked = await toMeanings(embedder, textsOf(test));
    const names = await toLabelMeanings(
      embedder,
      train.map(({ label }) => label),
    );
    const embedded = performance.now();
    const rows = train.map(({ text, label, group }, i) => {
      const meaning = known[i];
      return { grams: countGrams(text), label, group, ...(meaning && { meaning }) };
    });
    const learner = createLearner(addMeaning(trainModel(rows, options), rows, { ...options, names }).model);
    const trained = performance.now();
    return {
      decisions: test.map(({ text }, i) => learner.decide(text, asked[i])),
      learning: {
        embedding: embedder?.id ?? null,
        trainSeconds: (trained - embedded) / 1000,
        embedSeconds: (embedded - start) / 1000,
      },
    };
  } finally {
    await embedder?.close();
  }
}
