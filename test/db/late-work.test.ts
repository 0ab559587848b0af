import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLedger, listed } from './support/create-ledger.ts';
import { addImport, countRows, newItem, pullPage } from './support/intake-pages.ts';
import { ACCOUNT, openStores, type TestStores } from './support/open-stores.ts';

const { id } = ACCOUNT;
let stores: TestStores;
beforeEach(async () => {
  stores = await openStores();
});
afterEach(() => stores.close());

async function removeData(accountId = id): Promise<void> {
  while ((await stores.accountRemovals.removeMessages(accountId, 10)) > 0);
  while ((await stores.accountRemovals.removeRows(accountId, 10)) > 0);
}

describe('an audit under way when its account is switched to another mailbox', () => {
  const switchMailbox = () =>
    stores.accountSettings.switchConnection(id, { ...ACCOUNT, oauth: undefined }, undefined, 'r1');

  it('says nothing of the new mailbox: it failed, and says why', async () => {
    const ledger = createLedger(stores);
    await ledger.compare('a-1', [listed('lost')]);
    await switchMailbox();
    await ledger.finish('a-1');
    expect(await stores.audits.findLatest(id)).toBeUndefined();
    expect(await stores.audits.list(id, 1)).toMatchObject([
      { state: 'failed', reason: expect.stringContaining('another mailbox') },
    ]);
  });

  it('counts when it has listed the new mailbox, begun anew', async () => {
    const ledger = createLedger(stores);
    await stores.audits.begin(id, 'a-1');
    await switchMailbox();
    await ledger.compare('a-1', [listed('new', { passed: false })]);
    expect(await ledger.finish('a-1')).toMatchObject({ listed: 1, pending: 1 });
    expect(await stores.audits.findLatest(id)).toMatchObject({ id: 'a-1', reason: null, listed: 1 });
  });

  it('stays as it was cut off when its late attempt ends after the next one began', async () => {
    const ledger = createLedger(stores);
    await ledger.compare('a-1', [listed('a')]);
    await ledger.compare('a-2', [listed('a')]);
    await ledger.finish('a-1');
    expect(await stores.audits.list(id, 5)).toMatchObject([
      { id: 'a-2', state: 'running' },
      { state: 'failed' },
    ]);
  });

  it.each(['cut off', 'completed'])(
    'that was %s begins no more, and takes nothing from the next',
    async (how) => {
      const ledger = createLedger(stores);
      await ledger.compare('a-1', [listed('a')]);
      if (how === 'completed') await ledger.finish('a-1');
      await ledger.compare('a-2', [listed('a'), listed('b')]);
      await expect(stores.audits.begin(id, 'a-1')).rejects.toMatchObject({ type: 'Conflict' });
      expect(await ledger.finish('a-2')).toMatchObject({ listed: 2 });
      expect(await stores.audits.findLatest(id)).toMatchObject({ id: 'a-2' });
    },
  );

  it('that is completed stays so when it is cancelled while it looks once more', async () => {
    const ledger = createLedger(stores);
    await ledger.audit('a-1', [listed('a')]);
    await stores.audits.finish(id, 'a-1', { failure: 'Cancelled' });
    expect(await stores.audits.findLatest(id)).toMatchObject({ id: 'a-1', missing: 1, reason: null });
  });
});

describe('what comes late to an account that was removed', () => {
  it.each(['pull', 'import'] as const)(
    'is no mail: its %s parks nothing, and its data can be deleted',
    async (kind) => {
      await addImport(stores, 'late');
      const page = pullPage([newItem('a')], {
        batchId: 'late',
        kind,
        ...(kind === 'pull' ? { batchId: 'pull-late' } : {}),
      });
      await stores.accountRemovals.retire(id, 'Removed; its data are being deleted');
      await removeData();
      await expect(stores.intake.park(page)).rejects.toMatchObject({ type: 'Conflict' });
      await stores.accountRemovals.removeAccount(id);
      expect([await stores.accounts.find(id), await countRows(stores, 'message')]).toEqual([undefined, 0]);
    },
  );

  it('is no change of its state: a refused password, or a resume, does not bring it back', async () => {
    await stores.accountRemovals.retire(id, 'Removed');
    await stores.accounts.changeState(id, 'paused', 'The server refused the password');
    await stores.accounts.changeState(id, 'active', undefined);
    expect(await stores.accounts.get(id)).toMatchObject({ state: 'removed', stateReason: 'Removed' });
    await stores.accountRemovals.removeAccount(id);
  });

  it('is complete or not at all, whichever of a page and a removal comes first', async () => {
    for (let turn = 0; turn < 12; turn += 1) {
      const accountId = `turn-${turn}`;
      await stores.accounts.add({ ...ACCOUNT, id: accountId }, undefined);
      const items = [newItem(`a-${turn}`), newItem(`b-${turn}`)];
      const park = stores.intake.park(pullPage(items, { accountId, batchId: `pull-${turn}` }));
      const retire = stores.accountRemovals.retire(accountId, 'Removed');
      const [parked] = await Promise.allSettled([park, retire]);
      const [found] =
        await stores.sql`select count(*)::int as n from message where account_id = ${accountId}`;
      expect(found?.n).toBe(parked.status === 'fulfilled' ? 2 : 0);
      await removeData(accountId);
      await stores.accountRemovals.removeAccount(accountId);
      expect(await stores.accounts.find(accountId)).toBeUndefined();
    }
  });
});
