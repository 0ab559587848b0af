import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLedger, type Ledger, listed } from './support/create-ledger.ts';
import { faultItem, newItem } from './support/intake-pages.ts';
import { ACCOUNT, openStores, type TestStores } from './support/open-stores.ts';

let stores: TestStores;
let ledger: Ledger;
beforeEach(async () => {
  stores = await openStores();
  ledger = createLedger(stores);
});
afterEach(() => stores.close());

describe('what was refused at the door and is to be fetched again', () => {
  it('is missing until it is here, though its mailbox would leave it alone by now', async () => {
    await ledger.park([faultItem('large')]);
    const [held] = await stores.quarantine.list({ open: true, limit: 1 });
    await stores.quarantine.resolve(held?.id ?? 0, 'retried');
    expect(await ledger.compare('a-1', [listed('large', { skipped: 'old' })])).toBe(1);
    expect(await stores.audits.listMissing('a-1', 10)).toEqual(['large']);
  });

  it('is fetched by the audit that had listed it as refused, once, and counts for nothing else', async () => {
    await ledger.park([faultItem('late'), faultItem('left'), newItem('known')]);
    await ledger.compare(
      'a-1',
      ['late', 'left', 'known'].map((key) => listed(key)),
    );
    const retried = async () => {
      const open = await stores.quarantine.list({ open: true, limit: 5 });
      const late = open.find(({ label }) => label === 'late.eml');
      if (late !== undefined) await stores.quarantine.resolve(late.id, 'retried');
    };
    await retried();
    // Not at its end alone: an alarm would go off for what is being fetched.
    expect(await ledger.finish('a-1')).toMatchObject({ missing: 0, quarantined: 2 });
    await stores.audits.recompare(ACCOUNT.id, 'a-1');
    expect(await stores.audits.listMissing('a-1', 10)).toEqual(['late']);
    const page = { batchId: 'a-1', cursor: undefined, auditId: 'a-1' };
    expect(await ledger.park([faultItem('late')], page)).toMatchObject({ quarantined: 1 });
    await stores.audits.recompare(ACCOUNT.id, 'a-1');
    expect(await ledger.fatesOf('a-1')).toMatchObject({ late: 'quarantined', left: 'quarantined' });
    await retried();
    await stores.audits.recompare(ACCOUNT.id, 'a-1');
    expect((await ledger.park([newItem('late')], { ...page, page: 1 })).messageIds).toHaveLength(1);
    expect((await ledger.park([newItem('late')], { ...page, page: 2 })).messageIds).toEqual([]);
    expect(await ledger.finish('a-1')).toMatchObject({
      listed: 3,
      unfinished: 2,
      quarantined: 1,
      missing: 0,
      healed: 0,
    });
  });

  it('is no mail that was missing: it counts as what became of it', async () => {
    await ledger.park([faultItem('again'), faultItem('fetched'), faultItem('copy')]);
    await ledger.park([newItem('deleted', { content: 'x' }), newItem('known', { content: 'y' })]);
    await stores.tombstones.removeMessage(newItem('deleted').messageId, 'api');
    for (const { id } of await stores.quarantine.list({ open: true, limit: 5 }))
      await stores.quarantine.resolve(id, 'retried');
    const keys = ['again', 'fetched', 'copy', 'lost'];
    await ledger.compare(
      'a-1',
      keys.map((key) => listed(key)),
    );
    await ledger.park(
      [
        faultItem('again'),
        newItem('fetched'),
        newItem('copy', { content: 'y' }),
        newItem('lost', { content: 'x' }),
      ],
      { batchId: 'a-1', cursor: undefined, auditId: 'a-1' },
    );
    expect(await ledger.finish('a-1')).toMatchObject({ missing: 0, healed: 0 });
    expect(await ledger.fatesOf('a-1')).toEqual({
      again: 'quarantined',
      fetched: 'unfinished',
      copy: 'skipped',
      lost: 'deleted',
    });
  });
});
