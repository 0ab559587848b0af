import { afterAll, beforeAll, expect, test } from 'vitest';
import { toReadCursor } from '../../src/domain/cursor-reset.ts';
import { newItem, pullPage, readAndPark } from './support/intake-pages.ts';
import { ACCOUNT, openStores, type TestStores } from './support/open-stores.ts';

let stores: TestStores;
beforeAll(async () => {
  stores = await openStores();
});
afterAll(() => stores.close());

test('counts what is unfinished, quarantined and taken in today, account by account', async () => {
  await stores.accounts.add({ ...ACCOUNT, id: 'quiet' }, undefined);
  await readAndPark(stores, pullPage([newItem('f1'), newItem('f2')], { batchId: 'pull-facts' }));
  await stores.sql`update message set state = 'awaiting-approval', parked_at = now() - interval '2 days' where provider_key = 'f1'`;
  await stores.sql`insert into account_day (account_id, day, messages, bytes)
    values ('sales', (now() at time zone 'utc')::date, 2, 5000000000)
    on conflict (account_id, day) do update set messages = 2, bytes = 5000000000`;
  await stores.sql`insert into quarantine (account_id, label, stage, failure_type, reason) values ('sales', 'x', 'intake', 'InvalidInput', 'x')`;
  const all = await stores.accountFacts.count();
  expect([...all.keys()].sort()).toEqual(['quiet', 'sales']);
  expect(all.get('sales')).toMatchObject({
    unfinished: 2,
    quarantined: 1,
    today: { messages: 2, bytes: 5_000_000_000 },
    ledger: undefined,
    hasTokens: false,
  });
  // What waits for a person is no lag.
  expect(Date.now() - (all.get('sales')?.waitingSince?.getTime() ?? 0)).toBeLessThan(60_000);
  expect(all.get('quiet')).toMatchObject({
    unfinished: 0,
    lastMessageAt: undefined,
    waitingSince: undefined,
  });
  expect([...(await stores.accountFacts.count('sales')).keys()]).toEqual(['sales']);
});

test('a pull of the mailbox before cannot put its cursor back once another one is read', async () => {
  const page = { accountId: 'quiet', cursor: 'old-2' };
  await readAndPark(stores, pullPage([newItem('q1')], { ...page, batchId: 'pull-q1', cursor: 'old-1' }));
  await stores.accountSettings.switchConnection('quiet', { ...ACCOUNT, oauth: undefined }, undefined, 'r1');
  const late = stores.intake.park(
    pullPage([newItem('q2')], { ...page, batchId: 'pull-q2', readFrom: 'old-1' }),
  );
  await expect(late).rejects.toMatchObject({ type: 'Unavailable' });
  const next = pullPage([newItem('q3')], { ...page, batchId: 'pull-q3', cursor: 'new-1' });
  const { cursor } = await stores.intake.openPage(next);
  expect(toReadCursor(cursor)).toBeUndefined();
  await stores.intake.park({ ...next, readFrom: cursor });
  expect((await stores.intake.openPage({ ...next, batchId: 'pull-q4' })).cursor).toBe('new-1');
});
