import { afterAll, beforeAll, expect, it } from 'vitest';
import { ACCOUNT, openStores, type TestStores } from './support/open-stores.ts';

const { id } = ACCOUNT;
const HOUR = 3_600_000;
const NOW = new Date('2026-03-01T12:00:00Z');
const at = (hours: number) => new Date(NOW.getTime() + hours * HOUR);

let stores: TestStores;
beforeAll(async () => {
  stores = await openStores();
  await stores.push.prepare(id, Buffer.from('sealed'));
});
afterAll(() => stores.close());

async function isDue(renewed: number, expires: number | undefined, error?: string): Promise<boolean> {
  const until = expires === undefined ? null : at(expires).toISOString();
  await stores.sql`update push_subscription set renewed_at = ${at(renewed).toISOString()}, last_error = ${error ?? null},
    provider_id = ${until === null ? null : 's'}, expires_at = ${until}`;
  return stores.push.isDue(id, NOW);
}

it('a subscription is due for the first time, and for an account that has none on record', async () => {
  expect(await stores.push.isDue(id, NOW)).toBe(true);
  expect(await stores.push.isDue('nobody', NOW)).toBe(true);
});

it.each([
  ['just asked for', -1, 167, undefined, false],
  ['asked for most of a day ago', -21, 147, undefined, true],
  ['past half of a short life', -2, 1, undefined, true],
  ['in the first half of a short life', -1, 3, undefined, false],
  ['refused just now', -0.1, undefined, 'refused', false],
  ['refused ten minutes ago', -0.2, undefined, 'refused', true],
  ['asked for by a clock that was days ahead', 240, 168, undefined, true],
  ['refused by a clock that was hours ahead', 5, undefined, 'refused', true],
  ['asked for by a clock that is a second ahead', 0.0003, 168, undefined, false],
])('a subscription that was %s is due: %s h, %s h, %s: %s', async (_what, renewed, expires, error, due) => {
  expect(await isDue(renewed, expires, error)).toBe(due);
});
