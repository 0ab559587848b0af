import { join } from 'node:path';
import { expect, it } from 'vitest';
import { task } from '../../eval/tasks/language.ts';

it('tells the eight languages by one sentence, and by two words that are like no other', async () => {
  const test = join(import.meta.dirname, '../../fixtures/eval/language.jsonl');
  const figures = await task.run({ test, train: undefined, field: undefined, seed: 1 });
  expect(figures).toMatchObject({ sentences: 1, pairs: 1 });
});
