import { join } from 'node:path';
import { expect, it } from 'vitest';
import { task as injection } from '../../eval/tasks/injection.ts';
import { task as spam } from '../../eval/tasks/spam.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures/eval');
const options = { train: undefined, field: undefined, seed: 1 };

it('the spam model that ships tells invented spam from letters and newsletters', async () => {
  const figures = await spam.run({ ...options, test: join(FIXTURES, 'spam') });
  expect(figures).toMatchObject({ rows: 3, model: 'shipped', auc: 1, hardHamFpr: 0, hamFpr: 0 });
});

it('the injection model that ships finds invented orders and leaves invented letters alone', async () => {
  const figures = await injection.run({ ...options, test: join(FIXTURES, 'injection.jsonl') });
  expect(figures).toMatchObject({ rows: 5, blockRate: 1, falsePositiveRate: 0 });
});
