import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { task } from '../../eval/tasks/triage.ts';

const ROWS = fileURLToPath(new URL('../../fixtures/eval/triage.jsonl', import.meta.url));
const FLOORS = { macroF1: 0.9, accuracy: 0.9 };

describe('eval triage', () => {
  it('learns what its own rows teach', async () => {
    const figures = await task.run({ train: ROWS, test: ROWS, field: 'category', seed: 1, model: 'none' });
    for (const [key, floor] of Object.entries(FLOORS)) {
      expect(figures[key as keyof typeof figures], key).toBeGreaterThanOrEqual(floor);
    }
  });

  it('decides each row by what the others teach when nothing else does', async () => {
    const options = { train: undefined, test: ROWS, field: 'category', seed: 1, model: 'none' };
    const figures = await task.run(options);
    expect(figures).toMatchObject({ model: 'cross-fitted', rows: 60, trained: 48 });
    expect(figures['accuracy' as keyof typeof figures]).toBeGreaterThan(0.5);
  });
});
