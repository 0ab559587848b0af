import { expect, it } from 'vitest';
import { task as ids } from '../../eval/tasks/ids.ts';
import { task as pii } from '../../eval/tasks/pii.ts';
import { task as patterns } from '../../eval/tasks/pii-patterns.ts';

const run = (task: typeof ids, name: string) =>
  task.run({ train: undefined, test: `test/fixtures/eval/${name}.jsonl`, field: undefined, seed: 1 });

it('finds the personal data of a few sentences', async () => {
  const { f2, precision } = (await run(pii, 'pii')) as { f2: number; precision: number };
  expect(f2).toBeGreaterThanOrEqual(0.85);
  expect(precision).toBeGreaterThanOrEqual(0.75);
});

it('asks recognisers one at a time', async () => {
  expect(await run(patterns, 'pii-patterns')).toMatchObject({ precision: 1, recall: 1, unsupported: [] });
});

it('checks identity numbers, and names the kinds that it cannot check', async () => {
  expect(await run(ids, 'ids')).toMatchObject({ accuracy: 1, kinds: 8, unsupported: ['made_up'] });
});
