import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/analysis/learned/create-random.ts';
import { calibrationError } from '../../eval/metrics/calibration-error.ts';
import { calibrationNoise } from '../../eval/metrics/calibration-noise.ts';

const spread = (rows: number) => Array.from({ length: rows }, (_, i) => 0.3 + (0.7 * i) / rows);

describe('calibrationError', () => {
  it('is how far confidence is from accuracy, weighted by rows', () => {
    expect(calibrationError([0.95, 0.95, 0.95, 0.95], [true, true, false, false])).toBeCloseTo(0.45);
    expect(calibrationError([0.95, 0.15], [true, false])).toBeCloseTo(0.1);
    expect(calibrationError([], [])).toBe(0);
  });
});

describe('calibrationNoise', () => {
  it('falls with the root of the rows and is nothing where nothing is left to chance', () => {
    const [few, many] = [calibrationNoise(spread(100)), calibrationNoise(spread(10_000))];
    expect(few / many).toBeGreaterThan(7);
    expect(few / many).toBeLessThan(13);
    expect(calibrationNoise([1, 1, 1])).toBe(0);
  });

  it('stays below the error of who is too sure', () => {
    const random = createRandom(3);
    const honest = spread(1000);
    const right = honest.map((confidence) => random() < confidence - 0.2);
    expect(calibrationError(honest, right)).toBeGreaterThan(3 * calibrationNoise(honest));
  });
});
