import { afterAll, beforeAll, expect, test } from 'vitest';
import { ServiceError } from '../../src/domain/service-error.ts';
import { messageKey } from '../../src/mail/identity.ts';
import { addImport, countRows, faultItem, newItem, pullPage, readAndPark } from './support/intake-pages.ts';
import { propose } from './support/make-draft.ts';
import { ACCOUNT, openStores, type TestStores } from './support/open-stores.ts';

let stores: TestStores;
beforeAll(async () => {
  stores = await openStores();
  await stores.accounts.add({ ...ACCOUNT, id: 'other' }, undefined);
});
afterAll(() => stores.close());

async function parkAt(accountId: string, key: string, content: string): Promise<string> {
  const messageId = messageKey(accountId, key);
  await readAndPark(
    stores,
    pullPage([newItem(key, { messageId, content })], { accountId, batchId: `pull-${accountId}-${key}` }),
  );
  return messageId;
}

/** Every table that names an account, so that a new one cannot be forgotten. */
async function tablesOfAccounts(): Promise<string[]> {
  const rows = await stores.sql<{ name: string }[]>`
    select table_name as name from information_schema.columns
    where table_schema = 'public' and column_name = 'account_id' order by 1`;
  return rows.map(({ name }) => name);
}

test('a message that is deleted leaves a tombstone for each of its identities and nothing else', async () => {
  const id = await parkAt('sales', 'k1', 'deleted mail');
  await stores.sql`insert into message_alias (account_id, provider_key, message_id, why) values ('sales', 'k1-moved', ${id}, 'moved')`;
  expect(await stores.tombstones.removeMessage(id, 'ada')).toBe(true);
  const stones = await stores.sql`select provider_key, content_hash, by from tombstone order by 1`;
  const contentHash = newItem('k1', { content: 'deleted mail' }).contentHash;
  expect(stones).toMatchObject([
    { provider_key: 'k1', content_hash: contentHash, by: 'ada' },
    { provider_key: 'k1-moved', content_hash: contentHash, by: 'ada' },
  ]);
  for (const table of ['message', 'source', 'content_window', 'message_alias']) {
    expect([table, await countRows(stores, table)]).toEqual([table, 0]);
  }
  expect(await stores.tombstones.removeMessage(id, 'ada')).toBe(false);
});

test('the source of a deleted message stays while another message has the same', async () => {
  const [mine, theirs] = [await parkAt('sales', 'k2', 'shared'), await parkAt('other', 'k2', 'shared')];
  await stores.tombstones.removeMessage(mine, 'ada');
  expect(await countRows(stores, 'source')).toBe(1);
  await stores.tombstones.removeMessage(theirs, 'ada');
  expect(await countRows(stores, 'source')).toBe(0);
});

test.each(['SENDING', 'UNKNOWN'] as const)('a message whose reply is %s is not deleted', async (state) => {
  const draft = await propose(stores);
  await stores.drafts.intend(draft.id, `d-${state}`, `${state}@example.org`);
  await stores.sql`update delivery set state = ${state} where id = ${`d-${state}`}`;
  const refusal = stores.tombstones.removeMessage(draft.messageId, 'ada');
  await expect(refusal).rejects.toMatchObject({ type: 'Conflict' } satisfies Partial<ServiceError>);
  await stores.sql`update delivery set state = 'SENT' where id = ${`d-${state}`}`;
  expect(await stores.tombstones.removeMessage(draft.messageId, 'ada')).toBe(true);
  expect(await countRows(stores, 'delivery')).toBe(0);
});

test('a retired account keeps its mail and loses what opens its mailbox', async () => {
  await stores.accounts.replaceSecret('sales', Buffer.from('sealed'));
  await stores.sql`insert into account_token (account_id, refresh) values ('sales', 'x')`;
  await stores.sql`insert into oauth_flow (state_hash, account_id, verifier, redirect_uri, expires_at) values ('h', 'sales', 'x', 'x', now())`;
  await stores.sql`insert into push_subscription (account_id, client_state) values ('sales', 'x')`;
  const id = await parkAt('sales', 'k3', 'kept');
  await stores.accountRemovals.retire('sales', 'moved away');
  expect(await stores.accounts.get('sales')).toMatchObject({ state: 'removed', stateReason: 'moved away' });
  expect(await stores.accounts.findSecret('sales')).toBeUndefined();
  for (const table of ['account_token', 'oauth_flow', 'push_subscription']) {
    expect([table, await countRows(stores, table)]).toEqual([table, 0]);
  }
  expect(await stores.messageList.get(id)).toMatchObject({ accountId: 'sales' });
});

test('nothing of an account is left when all is deleted, and nothing of another is missing', async () => {
  await stores.sql`update account set state = 'active' where id = 'sales'`;
  await parkAt('sales', 'k4', 'same in both');
  await parkAt('other', 'k4', 'same in both');
  await readAndPark(stores, pullPage([faultItem('broken')], { batchId: 'pull-broken' }));
  await addImport(stores, 'import-1');
  await propose(stores);
  await stores.sql`insert into audit (id, account_id) values ('a1', 'sales')`;
  await stores.sql`insert into audit_entry (audit_id, provider_key, label, passed) values ('a1', 'k4', 'x', true)`;
  await stores.sql`insert into account_day (account_id, day) values ('sales', current_date) on conflict do nothing`;
  await stores.sql`insert into conversation_reference values ('sales', 'm@x', 'c')`;
  await stores.accountRemovals.retire('sales', 'Removed');
  while ((await stores.accountRemovals.removeMessages('sales', 2)) > 0);
  while ((await stores.accountRemovals.removeRows('sales', 2)) > 0);
  await stores.accountRemovals.removeAccount('sales');
  const tables = await tablesOfAccounts();
  expect(tables).toContain('message');
  for (const table of tables) {
    const left = await stores.sql`select 1 from ${stores.sql(table)} where account_id = 'sales'`;
    expect([table, left.length]).toEqual([table, 0]);
  }
  expect(await stores.accounts.find('sales')).toBeUndefined();
  expect(await countRows(stores, 'audit_entry')).toBe(0);
  expect(await countRows(stores, 'source')).toBe(1);
  expect(await stores.sql`select id from message`).toHaveLength(1);
});

test('an account that is in use cannot be deleted', async () => {
  await expect(stores.accountRemovals.removeAccount('other')).rejects.toBeInstanceOf(ServiceError);
  expect(await stores.accounts.find('other')).toBeDefined();
});
