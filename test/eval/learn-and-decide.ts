import { countGrams } from '../../src/analysis/learned/count-grams.ts';
import { createLearner, type LearnedDecision } from '../../src/analysis/learned/create-learner.ts';
import type { LearnedText } from '../../src/analysis/learned/list-grams.ts';
import { trainModel } from '../../src/analysis/learned/train-model.ts';

export interface Labelled {
  readonly text: LearnedText;
  readonly label: string;
  readonly group: string;
}

/** Learns as `mailroom learn` does and decides as the engine does; seconds of the training beside it. */
export function learnAndDecide(
  train: readonly Labelled[],
  test: readonly Labelled[],
  options: { readonly seed: number; readonly fallback?: string },
): { decisions: LearnedDecision[]; trainSeconds: number } {
  const start = performance.now();
  const rows = train.map(({ text, label, group }) => ({ grams: countGrams(text), label, group }));
  const learner = createLearner(trainModel(rows, options).model);
  const trainSeconds = (performance.now() - start) / 1000;
  return { decisions: test.map(({ text }) => learner.decide(text)), trainSeconds };
}
