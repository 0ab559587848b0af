import { type Calibration, toProbabilities } from './calibration.ts';
import { fitFavours } from './fit-favours.ts';

/** With more labels than this each has too few rows to fit more than one common number. */
const MANY_LABELS = 30;
const ROUNDS = 300;
const RATE = 0.05;
/** Pulls offsets to nothing: a label with three rows must not get a large one. */
const HOLD = 0.002;

/**
 * Fits one temperature (Guo et al., 2017) and one offset for each label to scores of rows that the model was not
 * trained on, by gradient descent on the log loss (Adam).
 */
export function fitCalibration(
  scores: readonly Float32Array[],
  truth: readonly number[],
  labels: number,
): Calibration {
  const few = labels <= MANY_LABELS;
  const offsets = new Float32Array(labels);
  const plain = new Float32Array(labels).fill(1);
  let logSharpness = Math.log(2);
  const size = labels + 1;
  const mean = new Float64Array(size);
  const square = new Float64Array(size);
  for (let round = 1; round <= ROUNDS; round++) {
    const slope = slopeOf(scores, truth, { sharpness: Math.exp(logSharpness), offsets, favours: plain });
    for (let i = 0; i < size; i++) {
      const g = (slope[i] as number) + (i < labels ? HOLD * (offsets[i] ?? 0) : 0);
      mean[i] = 0.9 * (mean[i] as number) + 0.1 * g;
      square[i] = 0.999 * (square[i] as number) + 0.001 * g * g;
      const step =
        (RATE * ((mean[i] as number) / (1 - 0.9 ** round))) /
        (Math.sqrt((square[i] as number) / (1 - 0.999 ** round)) + 1e-8);
      if (i === labels) logSharpness -= step;
      else if (few) offsets[i] = (offsets[i] ?? 0) - step;
    }
  }
  const calibration = { sharpness: Math.exp(logSharpness), offsets, favours: plain };
  if (!few) return calibration;
  const probabilities = scores.map((row) => toProbabilities(row, calibration));
  return { ...calibration, favours: fitFavours(probabilities, truth, labels) };
}

/** Of the mean log loss: by each offset, then by the logarithm of the sharpness. */
function slopeOf(
  scores: readonly Float32Array[],
  truth: readonly number[],
  calibration: Calibration,
): Float64Array {
  const labels = calibration.offsets.length;
  const slope = new Float64Array(labels + 1);
  for (const [row, given] of scores.entries()) {
    const shares = toProbabilities(given, calibration);
    for (let i = 0; i < labels; i++) {
      const gap = (shares[i] as number) - (truth[row] === i ? 1 : 0);
      slope[i] = (slope[i] as number) + gap;
      slope[labels] = (slope[labels] as number) + gap * calibration.sharpness * (given[i] as number);
    }
  }
  return slope.map((sum) => sum / Math.max(1, scores.length));
}
