import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { task } from '../../eval/tasks/latency.ts';

const ROWS = fileURLToPath(new URL('../../fixtures/eval/triage.jsonl', import.meta.url));

describe('eval latency', () => {
  it('times the engine with a learned model', async () => {
    const figures = await task.run({ train: ROWS, test: ROWS, field: undefined, seed: 1 });
    expect(figures).toMatchObject({ learned: true, rows: 10 });
    expect((figures as { p50: number }).p50).toBeGreaterThan(0);
  });
});
