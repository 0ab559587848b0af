import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parkOne } from './support/intake-pages.ts';
import { ACCOUNT, openStores, type TestStores } from './support/open-stores.ts';

let stores: TestStores;
beforeAll(async () => {
  stores = await openStores();
});
afterAll(() => stores.close());

const IMAP = {
  host: 'imap.example.org',
  port: 993,
  security: 'tls',
  username: 'sales',
  folders: ['INBOX'],
  allowSelfSigned: false,
} as const;

describe('an account', () => {
  it('comes back as it was added, its secret apart from it', async () => {
    const account = { ...ACCOUNT, id: 'imap', imap: IMAP };
    await stores.accounts.add(account, Uint8Array.of(1, 0, 255));
    const found = await stores.accounts.get('imap');
    const unset = {
      lastPullAt: undefined,
      lastPullError: undefined,
      lastSyncedAt: undefined,
      failures: 0,
      modelSeesPii: false,
      push: true,
    };
    expect(found).toEqual({ ...account, ...unset });
    expect([...((await stores.accounts.findSecret('imap')) ?? [])]).toEqual([1, 0, 255]);
    const [row] = await stores.sql`select jsonb_typeof(imap) as imap from account where id = 'imap'`;
    expect(row?.imap).toBe('object');
  });

  it('is not replaced by another of the same id', async () => {
    await stores.accounts.ensure({ ...ACCOUNT, name: 'Other' });
    expect((await stores.accounts.get(ACCOUNT.id)).name).toBe('Sales');
    await expect(stores.accounts.add(ACCOUNT, undefined)).rejects.toMatchObject({ type: 'Conflict' });
  });

  it('is given the address that it lacked, and keeps it then', async () => {
    const value = { ...ACCOUNT, id: 'orders', kind: 'files', mode: 'manual', address: '' } as const;
    await stores.accounts.ensure(value);
    await stores.accounts.ensure({ ...value, name: 'Other', address: 'orders@example.org' });
    await stores.accounts.ensure({ ...value, address: 'other@example.org' });
    await stores.accounts.ensure(value);
    expect(await stores.accounts.get('orders')).toMatchObject({
      name: 'Sales',
      address: 'orders@example.org',
    });
  });

  it('that is not there is named along with those that are', async () => {
    await expect(stores.accounts.get('nobody')).rejects.toMatchObject({
      type: 'NotFound',
      fix: expect.stringContaining('sales'),
    });
    expect(await stores.accounts.find('nobody')).toBeUndefined();
    expect(await stores.accounts.findSecret('nobody')).toBeUndefined();
  });

  it('is paused with a reason and made active without one', async () => {
    await stores.accounts.changeState(ACCOUNT.id, 'paused', 'password refused \u0000');
    expect(await stores.accounts.get(ACCOUNT.id)).toMatchObject({
      state: 'paused',
      stateReason: 'password refused \ufffd',
    });
    await stores.accounts.changeState(ACCOUNT.id, 'active', undefined);
    expect(await stores.accounts.get(ACCOUNT.id)).toMatchObject({ state: 'active', stateReason: undefined });
  });

  it('shows when it was last pulled, and its fault until the next pull that works', async () => {
    await stores.accounts.recordPull(ACCOUNT.id, 'NO \u0000 login');
    expect(await stores.accounts.get(ACCOUNT.id)).toMatchObject({ lastPullError: 'NO \ufffd login' });
    await stores.accounts.recordPull(ACCOUNT.id, undefined);
    const row = await stores.accounts.get(ACCOUNT.id);
    expect(row.lastPullError).toBeUndefined();
    expect(row.lastPullAt).toBeInstanceOf(Date);
  });

  it('cannot have a mode or an interval that nobody knows', async () => {
    const strange = stores.accounts.add({ ...ACCOUNT, id: 'strange', pullEverySeconds: 1 }, undefined);
    await expect(strange).rejects.toThrow();
    expect(await stores.accounts.find('strange')).toBeUndefined();
  });
});

describe('what went to Odoo', () => {
  const row = {
    externalKey: 'k',
    model: 'crm.lead',
    partnerId: 1,
    partnerCreated: true,
    recordId: 2,
    url: 'http://odoo/2',
  };

  it('is kept once a message, and may be saved again', async () => {
    const messageId = await parkOne(stores, 'synced');
    expect(await stores.partnerSyncs.find(messageId)).toBeUndefined();
    await stores.partnerSyncs.save({ ...row, messageId });
    await stores.partnerSyncs.save({ ...row, messageId, recordId: 3 });
    expect(await stores.partnerSyncs.find(messageId)).toMatchObject({ recordId: 3, externalKey: 'k' });
  });

  it('never belongs to two messages', async () => {
    const messageId = await parkOne(stores, 'other');
    await expect(stores.partnerSyncs.save({ ...row, messageId })).rejects.toMatchObject({ type: 'Conflict' });
  });
});
