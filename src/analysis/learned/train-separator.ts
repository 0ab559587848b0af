import { createRandom } from './create-random.ts';
import { shuffle } from './shuffle.ts';
import type { SparseVector } from './vocabulary.ts';

/** One hyperplane: the score of a vector is `weights · x + bias`. */
export interface Separator {
  readonly weights: Float32Array;
  readonly bias: number;
}

export interface SeparatorOptions {
  /** Penalty of a row of the label, and of any other. */
  readonly positiveCost: number;
  readonly negativeCost: number;
  readonly size: number;
  readonly seed: number;
}

const MOST_PASSES = 30;
const TOLERANCE = 0.1;

/**
 * L2-loss linear support vector machine by dual coordinate descent (Hsieh et al., ICML 2008, algorithm 1), as in
 * liblinear: linear in the non-zero entries, the same answer for the same seed.
 */
export function trainSeparator(
  rows: readonly SparseVector[],
  isPositive: (row: number) => boolean,
  options: SeparatorOptions,
): Separator {
  const weights = new Float32Array(options.size);
  let bias = 0;
  const alphas = new Float64Array(rows.length);
  const signs = Float64Array.from(rows, (_, row) => (isPositive(row) ? 1 : -1));
  const diagonals = Float64Array.from(
    signs,
    (sign) => 0.5 / (sign > 0 ? options.positiveCost : options.negativeCost),
  );
  const curvatures = Float64Array.from(
    rows,
    ({ values }, row) => squareOf(values) + 1 + (diagonals[row] ?? 0),
  );
  const order = Int32Array.from(rows, (_, row) => row);
  const random = createRandom(options.seed);
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    shuffle(order, random);
    let worst = 0;
    for (const row of order) {
      const { places, values } = rows[row] as SparseVector;
      const sign = signs[row] as number;
      const alpha = alphas[row] as number;
      let score = bias;
      for (let i = 0; i < places.length; i++)
        score += (weights[places[i] as number] as number) * (values[i] as number);
      const gradient = sign * score - 1 + alpha * (diagonals[row] as number);
      const projected = alpha === 0 ? Math.min(gradient, 0) : gradient;
      if (Math.abs(projected) < 1e-9) continue;
      worst = Math.max(worst, Math.abs(projected));
      const next = Math.max(0, alpha - gradient / (curvatures[row] as number));
      const step = (next - alpha) * sign;
      alphas[row] = next;
      bias += step;
      for (let i = 0; i < places.length; i++) {
        const place = places[i] as number;
        weights[place] = (weights[place] as number) + step * (values[i] as number);
      }
    }
    if (worst < TOLERANCE) break;
  }
  return { weights, bias };
}

function squareOf(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value * value, 0);
}
