import type { LearnedDecision } from '../../src/analysis/learned/create-learner.ts';
import { type Labelled, type LearnedAndDecided, learnAndDecide } from './learn-and-decide.ts';
import { splitRows } from './training/split-rows.ts';

const FOLDS = 5;

export interface Unseen extends LearnedAndDecided {
  /** Rows that taught; of several folds the mean. */
  readonly trained: number;
  readonly model: 'trained' | 'cross-fitted';
}

/** Decides `test` after learning from `train`; without it, each fold of `test` after learning from the others. */
export async function decideUnseen(
  train: readonly Labelled[] | undefined,
  test: readonly Labelled[],
  options: Parameters<typeof learnAndDecide>[2],
): Promise<Unseen> {
  if (train !== undefined) {
    return { ...(await learnAndDecide(train, test, options)), trained: train.length, model: 'trained' };
  }
  const decided = new Map<Labelled, LearnedDecision>();
  const folds = splitRows(test, FOLDS, ({ group }) => group, options.seed);
  const learning = { embedding: null as string | null, trainSeconds: 0, embedSeconds: 0 };
  for (const { known, held } of folds) {
    const one = await learnAndDecide(known, held, options);
    for (const [i, decision] of one.decisions.entries()) decided.set(held[i] as Labelled, decision);
    learning.embedding = one.learning.embedding;
    learning.trainSeconds += one.learning.trainSeconds;
    learning.embedSeconds += one.learning.embedSeconds;
  }
  return {
    decisions: test.map((row) => decided.get(row) as LearnedDecision),
    learning,
    trained: Math.round(folds.reduce((sum, { known }) => sum + known.length, 0) / folds.length),
    model: 'cross-fitted',
  };
}
