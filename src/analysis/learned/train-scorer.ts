import { countGrams } from './count-grams.ts';
import type { LearnedModel, LearnedRow } from './learned-model.ts';
import { scoreVector } from './score-vector.ts';
import { trainRivals } from './train-rivals.ts';
import { type Separator, trainSeparator } from './train-separator.ts';
import { createVectorizer, createVocabulary, type SparseVector } from './vocabulary.ts';

const COST = 0.4;
/** Of all labels together: what a stored model may grow to, at two bytes each. */
const MOST_WEIGHTS = 2_500_000;
const MOST_GRAMS = 150_000;
/** Rows enough to tell how far scores lie apart. */
const SAMPLE = 500;
/** With more, the second machine takes as long as there are labels, and adds nothing. */
const MANY_LABELS = 30;

export type Scorer = Pick<LearnedModel, 'labels' | 'vocabulary' | 'weights' | 'biases'>;

export interface ScorerOptions {
  readonly labels: readonly string[];
  readonly seed: number;
  /** The label of what belongs to no other; its name describes nothing. */
  readonly fallback: string | undefined;
}

/**
 * The mean of two linear machines: each label against all others, and all labels against each other. They err apart:
 * the mean was better than either on intents, tickets and requests.
 */
export function trainScorer(given: readonly LearnedRow[], options: ScorerOptions): Scorer {
  const { labels, seed } = options;
  const rows = [...given, ...describe(options)];
  const vocabulary = createVocabulary(
    rows.map(({ grams }) => grams),
    Math.min(MOST_GRAMS, Math.floor(MOST_WEIGHTS / Math.max(1, labels.length))),
  );
  const toVector = createVectorizer(vocabulary);
  const vectors = rows.map(({ grams }) => toVector(grams));
  const places = new Map(labels.map((label, place) => [label, place]));
  const truth = Int32Array.from(rows, ({ label }) => places.get(label) ?? 0);
  const size = vocabulary.hashes.length;
  const costs = costsOf(truth, labels.length);
  const rivals = trainRivals(vectors, truth, {
    labels: labels.length,
    size,
    seed,
    costs: Float64Array.from(truth, (label) => costs[label] as number),
  });
  if (labels.length > MANY_LABELS) return { labels, vocabulary, ...mean(rivals, rivals, vectors) };
  const apart = labels.map((_, label) =>
    trainSeparator(vectors, (row) => truth[row] === label, {
      positiveCost: costs[label] as number,
      negativeCost: COST,
      size,
      seed,
    }),
  );
  return { labels, vocabulary, ...mean(apart, rivals, vectors) };
}

/** A label's own name says what it is about: it counts as one more row. */
function describe({ labels, fallback }: ScorerOptions): LearnedRow[] {
  return labels
    .filter((label) => label !== fallback)
    .map((label) => ({
      grams: countGrams({ subject: '', body: label.replace(/[^\p{L}\p{N}]/gu, ' ') }),
      label,
      group: '',
    }));
}

/** Rare labels weigh more, yet not as much as common ones together: the root of what would make them equal. */
function costsOf(truth: Int32Array, labels: number): Float64Array {
  const rows = new Float64Array(labels);
  for (const label of truth) rows[label] = (rows[label] as number) + 1;
  return rows.map((own) => COST * Math.sqrt(truth.length / (labels * Math.max(1, own))));
}

function mean(
  apart: readonly Separator[],
  rivals: readonly Separator[],
  vectors: readonly SparseVector[],
): Pick<Scorer, 'weights' | 'biases'> {
  const [one, other] = [apart, rivals].map((machine) => 0.5 / spreadOf(machine, vectors)) as [number, number];
  return {
    weights: apart.map(({ weights }, label) => {
      const rival = (rivals[label] as Separator).weights;
      return weights.map((weight, i) => one * weight + other * (rival[i] as number));
    }),
    biases: Float32Array.from(
      apart,
      ({ bias }, label) => one * bias + other * (rivals[label] as Separator).bias,
    ),
  };
}

/** Standard deviation of the scores of a row, in the mean of rows. */
function spreadOf(machine: readonly Separator[], vectors: readonly SparseVector[]): number {
  const scorer = {
    weights: machine.map(({ weights }) => weights),
    biases: Float32Array.from(machine, ({ bias }) => bias),
  };
  let sum = 0;
  const sample = vectors.slice(0, SAMPLE);
  for (const vector of sample) {
    const scores = scoreVector(vector, scorer);
    const middle = scores.reduce((total, score) => total + score, 0) / scores.length;
    sum += Math.sqrt(scores.reduce((total, score) => total + (score - middle) ** 2, 0) / scores.length);
  }
  return Math.max(1e-6, sum / Math.max(1, sample.length));
}
