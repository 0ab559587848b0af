import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { task } from '../../eval/tasks/signature.ts';

const test = join(import.meta.dirname, '../../fixtures/eval/signature.jsonl');

describe('the signature task', () => {
  it('finds the signed lines of our own rows', async () => {
    const figures = await task.run({ train: undefined, test, field: undefined, seed: 1 });
    expect(figures).toHaveProperty('f1');
    expect((figures as { readonly f1: number }).f1).toBeGreaterThanOrEqual(0.95);
  });
});
