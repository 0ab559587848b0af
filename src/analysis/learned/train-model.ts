import { fitCalibration } from './fit-calibration.ts';
import type { HeldAside, LearnedModel, LearnedRow } from './learned-model.ts';
import { scoreVector } from './score-vector.ts';
import { splitFolds } from './split-folds.ts';
import { trainSeparator } from './train-separator.ts';
import { createVectorizer, createVocabulary } from './vocabulary.ts';

const COST = 0.3;
const FOLDS = 4;

export interface Trained {
  readonly model: LearnedModel;
  /** Every row, scored by a model that had not seen it. */
  readonly heldAside: readonly HeldAside[];
}

type Scorer = Pick<LearnedModel, 'labels' | 'vocabulary' | 'weights' | 'biases'>;

/**
 * Learns to tell the labels apart: one separator for each label, calibrated on rows that were held aside in turn.
 * Seconds for a few thousand rows; the same rows in the same order give the same model.
 */
export function trainModel(rows: readonly LearnedRow[], seed = 1): Trained {
  const labels = [...new Set(rows.map(({ label }) => label))].sort();
  const heldAside: HeldAside[] = splitFolds(rows, FOLDS).flatMap((fold) => {
    const learned = rows.filter((_, i) => !fold.has(i));
    const scorer = separate(learned, labels, seed);
    const toVector = createVectorizer(scorer.vocabulary);
    return [...fold].map((i) => {
      const { grams, label } = rows[i] as LearnedRow;
      return { scores: scoreVector(toVector(grams), scorer), truth: labels.indexOf(label) };
    });
  });
  const calibration = fitCalibration(
    heldAside.map(({ scores }) => scores),
    heldAside.map(({ truth }) => truth),
    labels.length,
  );
  return { model: { ...separate(rows, labels, seed), calibration, rows: rows.length }, heldAside };
}

function separate(rows: readonly LearnedRow[], labels: readonly string[], seed: number): Scorer {
  const vocabulary = createVocabulary(rows.map(({ grams }) => grams));
  const toVector = createVectorizer(vocabulary);
  const vectors = rows.map(({ grams }) => toVector(grams));
  const separators = labels.map((label) => {
    const own = rows.filter((row) => row.label === label).length;
    return trainSeparator(vectors, (row) => rows[row]?.label === label, {
      // Rare labels weigh as much as common ones, as class_weight 'balanced' of scikit-learn.
      positiveCost: (COST * rows.length) / (labels.length * Math.max(1, own)),
      negativeCost: COST,
      size: vocabulary.hashes.length,
      seed,
    });
  });
  return {
    labels,
    vocabulary,
    weights: separators.map(({ weights }) => weights),
    biases: Float32Array.from(separators, ({ bias }) => bias),
  };
}
