import { createRandom } from '../../../src/analysis/learned/create-random.ts';
import { calibrationError } from './calibration-error.ts';

const DRAWS = 200;

/** The calibration error that chance alone gives so many rows whose confidences are exactly right, on average. */
export function calibrationNoise(confidences: readonly number[], seed = 1): number {
  const random = createRandom(seed);
  let sum = 0;
  for (let draw = 0; draw < DRAWS; draw++) {
    const right = confidences.map((confidence) => random() < confidence);
    sum += calibrationError(confidences, right);
  }
  return sum / DRAWS;
}
