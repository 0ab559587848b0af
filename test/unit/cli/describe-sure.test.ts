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
  expect(describeSure(FIGURES, { field: 'category', rows: 1000 })).toBe(
    'Sure from a confidence of 0.85 on: 60 % of those rows, of which 8.1 % were wrong (allowed: 10 %; of new mail it may be 10 %, by so many rows).',
  );
});

it('says how much worse it may be where few rows were measured', () => {
  const few = { ...FIGURES, coverage: 0.5, error: 0.1 };
  expect(describeSure(few, { field: 'category', rows: 40 })).toContain('of new mail it may be 22 %');
  expect(describeSure(few, { field: 'category', rows: 40_000 })).toContain('of new mail it may be 10 %');
});

it('says what happens where no confidence tells the right from the wrong', () => {
  const none = { ...FIGURES, threshold: 1, coverage: 0, error: 0 };
  expect(describeSure(none, { field: 'category', rows: 40 })).toContain('MODEL_THRESHOLD counts instead');
  expect(describeSure(none, { field: 'priority', rows: 40 })).not.toContain('MODEL_THRESHOLD');
});
