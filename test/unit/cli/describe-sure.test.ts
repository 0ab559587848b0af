import { expect, it } from 'vitest';
import { describeSure } from '../../../src/cli/describe-sure.ts';

const FIGURES = {
  accuracy: 0.8,
  confidence: 0.8,
  threshold: 0.85,
  coverage: 0.6,
  error: 0.081,
  targetError: 0.1,
};

it('says from where on decisions are sure', () => {
  expect(describeSure(FIGURES, 'category')).toBe(
    'Sure from a confidence of 0.85 on: 60 % of those rows, of which 8.1 % were wrong (allowed: 10 %).',
  );
});

it('says what happens where no confidence tells the right from the wrong', () => {
  const none = { ...FIGURES, threshold: 1, coverage: 0, error: 0 };
  expect(describeSure(none, 'category')).toContain('MODEL_THRESHOLD counts instead');
  expect(describeSure(none, 'priority')).not.toContain('MODEL_THRESHOLD');
});
