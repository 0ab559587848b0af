import { afterAll, beforeAll, expect, it } from 'vitest';
import { openStores, type TestStores } from './support/open-stores.ts';

let stores: TestStores;
beforeAll(async () => {
  stores = await openStores();
});
afterAll(() => stores.close());

it('an answer comes back byte for byte, and the newer one counts', async () => {
  const { modelAnswers } = stores;
  expect(await modelAnswers.find('k')).toBeUndefined();
  await modelAnswers.save('k', Uint8Array.of(1));
  await modelAnswers.save('k', Uint8Array.of(0, 255));
  expect([...((await modelAnswers.find('k')) ?? [])]).toEqual([0, 255]);
});

it('an answer is forgotten after thirty days, and swept by the next', async () => {
  const { modelAnswers, sql } = stores;
  await modelAnswers.save('old', Uint8Array.of(1));
  await sql`update model_answer set answered_at = now() - interval '31 days' where key = 'old'`;
  expect(await modelAnswers.find('old')).toBeUndefined();
  await modelAnswers.save('new', Uint8Array.of(2));
  const rows = await sql<{ key: string }[]>`select key from model_answer order by key`;
  expect(rows.map(({ key }) => key)).toEqual(['k', 'new']);
});
