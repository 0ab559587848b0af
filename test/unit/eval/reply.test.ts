import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { task } from '../../eval/tasks/reply.ts';

const test = join(import.meta.dirname, '../../fixtures/eval/reply.jsonl');

describe('the reply task', () => {
  it('finds the reply of each client in our own rows, to the letter', async () => {
    const figures = await task.run({ train: undefined, test, field: undefined, seed: 1 });
    expect(figures).toHaveProperty('exact');
    expect((figures as { readonly exact: number }).exact).toBeGreaterThanOrEqual(1);
  });
});
