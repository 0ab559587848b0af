import { createRandom } from './create-random.ts';
import { shuffle } from './shuffle.ts';
import type { Separator } from './train-separator.ts';
import type { SparseVector } from './vocabulary.ts';

export interface RivalOptions {
  readonly labels: number;
  readonly size: number;
  readonly seed: number;
  /** Penalty of each row. */
  readonly costs: Float64Array;
}

const MOST_PASSES = 40;
const TOLERANCE = 0.1;
const LEAST_STEP = 1e-9;

/**
 * One hyperplane for each label, learned against each other: a row's own label must score 1 above its best rival
 * (Crammer and Singer, 2001), by the sequential dual method (Keerthi et al., KDD 2008) as in liblinear.
 */
export function trainRivals(
  rows: readonly SparseVector[],
  truth: Int32Array,
  options: RivalOptions,
): Separator[] {
  const { labels, size, seed, costs } = options;
  // One more feature, always 1, carries the biases. All labels of a feature lie side by side.
  const weights = new Float32Array((size + 1) * labels);
  const alphas = new Float64Array(rows.length * labels);
  const squares = Float64Array.from(rows, ({ values }) => values.reduce((sum, one) => sum + one * one, 1));
  const order = Int32Array.from(rows, (_, row) => row);
  const random = createRandom(seed);
  const slopes = new Float64Array(labels);
  const steps = new Float64Array(labels);
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    shuffle(order, random);
    let worst = 0;
    for (const row of order) {
      const vector = rows[row] as SparseVector;
      const own = truth[row] as number;
      const given = alphas.subarray(row * labels, (row + 1) * labels);
      const cost = costs[row] as number;
      scoreAll(vector, weights, size, slopes);
      for (let m = 0; m < labels; m++) if (m !== own) slopes[m] = (slopes[m] as number) + 1;
      worst = Math.max(worst, violationOf(slopes, given, own, cost));
      if (solve(slopes, given, { own, cost, square: squares[row] as number }, steps))
        addAll(vector, weights, size, steps);
    }
    if (worst < TOLERANCE) break;
  }
  return Array.from({ length: labels }, (_, label) => ({
    weights: Float32Array.from({ length: size }, (_, place) => weights[place * labels + label] as number),
    bias: weights[size * labels + label] as number,
  }));
}

function scoreAll({ places, values }: SparseVector, weights: Float32Array, size: number, out: Float64Array) {
  const labels = out.length;
  for (let m = 0; m < labels; m++) out[m] = weights[size * labels + m] as number;
  for (let i = 0; i < places.length; i++) {
    const at = (places[i] as number) * labels;
    const value = values[i] as number;
    for (let m = 0; m < labels; m++) out[m] = (out[m] as number) + (weights[at + m] as number) * value;
  }
}

function addAll({ places, values }: SparseVector, weights: Float32Array, size: number, steps: Float64Array) {
  const labels = steps.length;
  for (let m = 0; m < labels; m++) {
    const step = steps[m] as number;
    if (step === 0) continue;
    for (let i = 0; i < places.length; i++) {
      const at = (places[i] as number) * labels + m;
      weights[at] = (weights[at] as number) + step * (values[i] as number);
    }
    weights[size * labels + m] = (weights[size * labels + m] as number) + step;
  }
}

/** How far a row is from its optimum: the steepest slope against the flattest that may still fall. */
function violationOf(slopes: Float64Array, given: Float64Array, own: number, cost: number): number {
  let most = Number.NEGATIVE_INFINITY;
  let least = Number.POSITIVE_INFINITY;
  for (let m = 0; m < slopes.length; m++) {
    const slope = slopes[m] as number;
    most = Math.max(most, slope);
    if ((given[m] as number) < (m === own ? cost : 0)) least = Math.min(least, slope);
  }
  return least === Number.POSITIVE_INFINITY ? 0 : most - least;
}

interface Row {
  readonly own: number;
  readonly cost: number;
  /** Of the length of its vector. */
  readonly square: number;
}

/** Solves the dual of one row exactly; `steps` is what its alphas change by. False when nothing does. */
function solve(slopes: Float64Array, given: Float64Array, row: Row, steps: Float64Array): boolean {
  const { own, cost, square } = row;
  const offsets = slopes.map((slope, m) => slope - square * (given[m] as number));
  const sorted = offsets.slice();
  sorted[own] = (sorted[own] as number) + square * cost;
  sorted.sort().reverse();
  let beta = (sorted[0] as number) - square * cost;
  let used = 1;
  while (used < sorted.length && beta < used * (sorted[used] as number)) {
    beta += sorted[used] as number;
    used += 1;
  }
  beta /= used;
  let moved = false;
  for (let m = 0; m < offsets.length; m++) {
    const next = Math.min(m === own ? cost : 0, (beta - (offsets[m] as number)) / square);
    const step = next - (given[m] as number);
    steps[m] = Math.abs(step) < LEAST_STEP ? 0 : step;
    if (steps[m] === 0) continue;
    given[m] = next;
    moved = true;
  }
  return moved;
}
