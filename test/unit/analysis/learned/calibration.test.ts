import { describe, expect, it } from 'vitest';
import { chooseLabel, toConfidence } from '../../../../src/analysis/learned/calibration.ts';
import { createRandom } from '../../../../src/analysis/learned/create-random.ts';
import { fitFallback } from '../../../../src/analysis/learned/fit-fallback.ts';
import { fitSureFrom } from '../../../../src/analysis/learned/fit-sure-from.ts';
import { fitSureness } from '../../../../src/analysis/learned/fit-sureness.ts';

describe('how sure a decision is', () => {
  it('is how often such decisions were right, not what the scores claim', () => {
    const random = createRandom(1);
    const likely = Array.from({ length: 2000 }, () => 0.5 + random() / 2);
    const sureness = fitSureness(
      likely,
      likely.map((claimed) => random() < claimed * claimed),
    );
    for (const claimed of [0.6, 0.75, 0.9]) {
      expect(toConfidence(claimed, sureness)).toBeCloseTo(claimed * claimed, 1);
    }
  });

  it('never falls as the claim rises, and never is certain', () => {
    const likely = Array.from({ length: 60 }, (_, i) => i / 60);
    const sureness = fitSureness(
      likely,
      likely.map((claimed) => claimed < 0.2 || claimed > 0.6),
    );
    const found = likely.map((claimed) => toConfidence(claimed, sureness));
    expect(found).toEqual([...found].sort((a, b) => a - b));
    expect(toConfidence(1, sureness)).toBeLessThan(1);
    expect(toConfidence(0.7, fitSureness([], []))).toBe(0.7);
  });
});

describe('what counts as sure', () => {
  it('is the lowest confidence from which on no more are wrong than allowed', () => {
    const random = createRandom(7);
    const confidences = Array.from({ length: 5000 }, () => random());
    const isRight = confidences.map((confidence) => random() < confidence);
    const { threshold, error, coverage, ...rest } = fitSureFrom(confidences, isRight, 0.1);
    // Right as often as claimed: of those above t, (1 - t) / 2 are wrong.
    expect(threshold).toBeCloseTo(0.8, 1);
    expect(error).toBeLessThanOrEqual(0.1);
    expect(coverage).toBeCloseTo(1 - threshold, 1);
    expect(rest).toEqual({ targetError: 0.1, rows: 5000 });
    expect(fitSureFrom(confidences, isRight, 0.3).threshold).toBeLessThan(threshold);
    expect(fitSureFrom(confidences, isRight, 1)).toMatchObject({ coverage: 1 });
  });

  it('is nothing where none are right often enough, or too few were measured', () => {
    const alike = Array.from({ length: 100 }, () => 0.9);
    const never = { threshold: 1, coverage: 0, error: 0 };
    // Half of those that are equally sure are wrong: none of them may be picked out.
    expect(
      fitSureFrom(
        alike,
        alike.map((_, i) => i < 50),
        0.1,
      ),
    ).toMatchObject(never);
    expect(fitSureFrom([0.99], [true], 0.1)).toMatchObject({ ...never, rows: 1 });
    expect(fitSureFrom([], [], 0.1)).toMatchObject(never);
  });
});

describe('what belongs to no label', () => {
  it('is found by how unsure the others are', () => {
    const sure = Float64Array.of(0.8, 0.15, 0.05);
    const unsure = Float64Array.of(0.4, 0.5, 0.1);
    const probabilities = [...Array(20).fill(sure), ...Array(10).fill(unsure)] as Float64Array[];
    const truth = probabilities.map((row) => (row === sure ? 0 : 2));
    const choice = fitFallback(probabilities, truth, new Float32Array(3).fill(1), 2);
    expect(probabilities.map((row) => chooseLabel(row, choice))).toEqual(truth);
  });
});
