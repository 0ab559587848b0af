import { type Calibration, chooseLabel, type Odds, toConfidence, toProbabilities } from './calibration.ts';
import { fitFallback } from './fit-fallback.ts';
import { fitFavours } from './fit-favours.ts';
import { fitSureFrom, USUAL_TARGET_ERROR } from './fit-sure-from.ts';
import { fitSureness } from './fit-sureness.ts';

/** With more labels than this each has too few rows to fit more than one common number. */
const MANY_LABELS = 30;
const ROUNDS = 300;
const RATE = 0.05;
/** Pulls offsets to nothing: a label with three rows must not get a large one. */
const HOLD = 0.002;

export interface Labels {
  readonly labels: number;
  /** Index of the label of what belongs to no other; -1 without one. */
  readonly fallback: number;
  /** The share of wrong decisions that is allowed among the sure ones, 0 to 1. */
  readonly targetError?: number | undefined;
}

/** Fits how scores of rows that the model was not trained on become a choice, and how sure it is. */
export function fitCalibration(
  scores: readonly Float32Array[],
  truth: readonly number[],
  { labels, fallback, targetError = USUAL_TARGET_ERROR }: Labels,
): Calibration {
  const odds = fitOdds(scores, truth, labels);
  const probabilities = scores.map((row) => toProbabilities(row, odds));
  const favours =
    labels <= MANY_LABELS ? fitFavours(probabilities, truth, labels) : new Float32Array(labels).fill(1);
  const choice =
    fallback < 0 ? { favours, fallback: undefined } : fitFallback(probabilities, truth, favours, fallback);
  const chosen = probabilities.map((row) => chooseLabel(row, choice));
  const likely = probabilities.map((row, i) => row[chosen[i] as number] as number);
  const isRight = chosen.map((label, i) => label === truth[i]);
  const sureness = fitSureness(likely, isRight);
  const confidences = likely.map((one) => toConfidence(one, sureness));
  return { ...odds, ...choice, sureness, sureFrom: fitSureFrom(confidences, isRight, targetError) };
}

/** One temperature (Guo et al., 2017) and one offset for each label, by gradient descent on the log loss (Adam). */
function fitOdds(scores: readonly Float32Array[], truth: readonly number[], labels: number): Odds {
  const few = labels <= MANY_LABELS;
  const offsets = new Float32Array(labels);
  let logSharpness = Math.log(2);
  const size = labels + 1;
  const mean = new Float64Array(size);
  const square = new Float64Array(size);
  for (let round = 1; round <= ROUNDS; round++) {
    const slope = slopeOf(scores, truth, { sharpness: Math.exp(logSharpness), offsets });
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
  return { sharpness: Math.exp(logSharpness), offsets };
}

/** Of the mean log loss: by each offset, then by the logarithm of the sharpness. */
function slopeOf(scores: readonly Float32Array[], truth: readonly number[], calibration: Odds): Float64Array {
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
