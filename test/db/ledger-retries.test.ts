import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLedger, type Ledger, listed } from './support/create-ledger.ts';
import { faultItem, newItem } from './support/intake-pages.ts';
import { openStores, type TestStores } from './support/open-stores.ts';

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
