import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { task } from '../../eval/tasks/latency.ts';

const ROWS = fileURLToPath(new URL('../../fixtures/eval/triage.jsonl', import.meta.url));

describe('eval latency', () => {
  it('times the whole of the local analysis, with a learned model', async () => {
    const figures = await task.run({ train: ROWS, test: ROWS, field: undefined, seed: 1 });
    expect(figures).toMatchObject({ learned: true, rows: 10 });
    const { p50, readP50, decideP50, hideP50, perSecondPerCore } = figures as Record<string, number>;
    for (const part of [readP50, decideP50, hideP50]) expect(p50).toBeGreaterThan(part ?? Number.NaN);
    expect(perSecondPerCore).toBeGreaterThan(0);
  });
});
