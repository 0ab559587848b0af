import { fitCalibration } from './fit-calibration.ts';
import type { HeldAside, LearnedModel, LearnedRow } from './learned-model.ts';
import { scoreVector } from './score-vector.ts';
import { splitFolds } from './split-folds.ts';
import { trainScorer } from './train-scorer.ts';
import { createVectorizer } from './vocabulary.ts';

const FOLDS = 4;
/** With few rows the third or quarter held aside is missed: more folds tell more truly how sure the whole model is. */
const FEW_ROWS = 2000;
const FOLDS_OF_FEW = 5;

export interface TrainingOptions {
  readonly seed?: number | undefined;
  /** The label of what belongs to no other; it is chosen also where no label is sure enough. */
  readonly fallback?: string | undefined;
  /** The share of wrong decisions that is allowed among the sure ones, 0 to 1. */
  readonly targetError?: number | undefined;
}

export interface Trained {
  readonly model: LearnedModel;
  /** Every row, scored by a model that had not seen it. */
  readonly heldAside: readonly HeldAside[];
}

/**
 * Learns to tell the labels apart, calibrated on rows that were held aside in turn. Seconds for a few thousand rows;
 * the same rows in the same order give the same model.
 */
export function trainModel(
  rows: readonly LearnedRow[],
  { seed = 1, fallback, targetError }: TrainingOptions = {},
): Trained {
  const labels = [...new Set(rows.map(({ label }) => label))].sort();
  const options = { labels, seed, fallback };
  const heldAside: HeldAside[] = splitFolds(rows, rows.length < FEW_ROWS ? FOLDS_OF_FEW : FOLDS).flatMap(
    (fold) => {
      const scorer = trainScorer(
        rows.filter((_, i) => !fold.has(i)),
        options,
      );
      const toVector = createVectorizer(scorer.vocabulary);
      return [...fold].map((i) => {
        const { grams, label } = rows[i] as LearnedRow;
        return { scores: scoreVector(toVector(grams), scorer), truth: labels.indexOf(label), row: i };
      });
    },
  );
  const calibration = fitCalibration(
    heldAside.map(({ scores }) => scores),
    heldAside.map(({ truth }) => truth),
    {
      labels: labels.length,
      fallback: fallback === undefined ? -1 : labels.indexOf(fallback),
      targetError,
    },
  );
  return { model: { ...trainScorer(rows, options), calibration, rows: rows.length }, heldAside };
}
