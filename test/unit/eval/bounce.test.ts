import { join } from 'node:path';
import { expect, it } from 'vitest';
import { task } from '../../eval/tasks/bounce.ts';

it('reads the report of every kind of host that is invented here', async () => {
  const test = join(import.meta.dirname, '../../fixtures/eval/bounce');
  const figures = await task.run({ test, train: undefined, field: undefined, seed: 1 });
  expect(figures).toMatchObject({
    recall: 1,
    falseAlarms: 0,
    status: 1,
    reasonMacroF1: 1,
    hard: 1,
    counts: 1,
    feedback: 1,
    autoReplies: 1,
  });
});
