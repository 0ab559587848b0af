import { expect, it } from 'vitest';
import { task } from '../../eval/tasks/bounce.ts';

it('reads the report of every kind of host that is invented here', async () => {
  const test = new URL('../../fixtures/eval/bounce', import.meta.url).pathname;
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
