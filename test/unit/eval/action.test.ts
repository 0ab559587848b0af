import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { task } from '../../eval/tasks/action.ts';

const ROWS = fileURLToPath(new URL('../../fixtures/eval/action.jsonl', import.meta.url));
const FLOORS = { macroF1: 0.8 };

describe('eval action', () => {
  it('learns what its own rows teach', async () => {
    const figures = await task.run({ train: ROWS, test: ROWS, field: undefined, seed: 1, model: 'none' });
    for (const [key, floor] of Object.entries(FLOORS)) {
      expect(figures[key as keyof typeof figures], key).toBeGreaterThanOrEqual(floor);
    }
  });
});
