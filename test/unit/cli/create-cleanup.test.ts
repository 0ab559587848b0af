import { expect, test } from 'vitest';
import { createCleanup } from '../../../src/cli/create-cleanup.ts';

test('undoes last things first, each once, whatever becomes of the others', async () => {
  const done: string[] = [];
  const said: string[] = [];
  const cleanup = createCleanup((line) => said.push(line));
  cleanup.add('first', 1_000, async () => done.push('first'));
  cleanup.add('stuck', 20, () => new Promise(() => undefined));
  cleanup.add('broken', 1_000, () => Promise.reject(new Error('it broke')));
  cleanup.add('last', 1_000, async () => done.push('last'));
  await cleanup.run();
  await cleanup.run();
  expect(done).toEqual(['last', 'first']);
  expect(said).toEqual(['  broken: it broke', '  stuck: takes more than 0.02 s']);
});
