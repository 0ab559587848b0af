import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { scoreRouge } from '../../eval/metrics/rouge.ts';
import { task } from '../../eval/tasks/summary.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures/eval');
const measure = (file: string) =>
  task.run({ train: undefined, test: join(FIXTURES, file), field: undefined, seed: 1 });

describe('eval summary', () => {
  it('finds lines that share their words with those of people', async () => {
    const figures = (await measure('summary-mails.jsonl')) as Record<string, number>;
    expect(figures).toMatchObject({ rows: 4, format: 'mails' });
    expect(figures.rouge1).toBeGreaterThan(0.7);
    expect(figures.rouge2).toBeGreaterThan(0.5);
    expect(figures.rougeL).toBeGreaterThan(0.7);
  });

  it('finds points of a thread that people tell too', async () => {
    const figures = (await measure('summary-threads.jsonl')) as Record<string, number>;
    expect(figures).toMatchObject({ rows: 1, format: 'threads' });
    expect(figures.rouge1).toBeGreaterThan(0.5);
  });
});

describe('ROUGE', () => {
  it('counts shared words, pairs and the longest common sequence', () => {
    const { best, mean } = scoreRouge('The cat sat', ['the cat lay', 'a dog']);
    expect(best.rouge1).toBeCloseTo(2 / 3);
    expect(best.rouge2).toBeCloseTo(1 / 2);
    expect(best.rougeL).toBeCloseTo(2 / 3);
    expect(mean.rouge1).toBeCloseTo(1 / 3);
  });

  it('counts a repeated word once for each time that the reference holds it, and is 0 for nothing', () => {
    expect(scoreRouge('cat cat cat', ['cat']).best.rouge1).toBeCloseTo(0.5);
    expect(scoreRouge('', ['cat']).best).toEqual({ rouge1: 0, rouge2: 0, rougeL: 0 });
  });
});
