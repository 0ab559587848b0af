import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { task } from '../../eval/tasks/intent.ts';

const ROWS = fileURLToPath(new URL('../../fixtures/eval/intent.jsonl', import.meta.url));
const FLOORS = { accuracy: 0.8, outOfScopeRecall: 0.8 };

describe('eval intent', () => {
  it('learns what its own rows teach', async () => {
    const figures = await task.run({ train: ROWS, test: ROWS, field: undefined, seed: 1, model: 'none' });
    for (const [key, floor] of Object.entries(FLOORS)) {
      expect(figures[key as keyof typeof figures], key).toBeGreaterThanOrEqual(floor);
    }
  });
});
