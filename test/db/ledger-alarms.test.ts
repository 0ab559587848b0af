import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Account } from '../../src/domain/account.ts';
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

const reasonOf = async (auditId: string, key: string) =>
  (await stores.audits.listEntries(auditId, { limit: 100 })).find((e) => e.providerKey === key)?.reason;
const switchMailbox = () =>
  stores.accountSettings.switchConnection(ACCOUNT.id, { ...ACCOUNT, oauth: undefined }, undefined, 'r-1');

describe('what an audit found missing', () => {
  it.each([
    [
      'its mailbox now leaves it alone',
      listed('lost', { skipped: 'older than the look-back of this account' }),
    ],
    ['the cursor was set back', listed('lost', { passed: false })],
    ['nothing has changed', listed('lost')],
  ])('stays missing while it is listed and not ours, though %s', async (_why, later) => {
    await ledger.audit('a-1', [listed('lost'), listed('old', { skipped: 'a draft' })]);
    expect(await ledger.audit('a-2', [later, listed('old', { skipped: 'a draft' })])).toMatchObject({
      missing: 1,
      healed: 0,
      skipped: 1,
    });
    expect(await ledger.audit('a-3', [later])).toMatchObject({ missing: 1, healed: 0 });
  });

  it('says why the mailbox would leave it alone now', async () => {
    await ledger.audit('a-1', [listed('lost')]);
    await ledger.audit('a-2', [listed('lost', { skipped: 'It is old.' })]);
    await stores.audits.recompare(ACCOUNT.id, 'a-2');
    expect(await reasonOf('a-2', 'lost')).toBe('found missing by an earlier audit; by now: It is old.');
  });

  it('stays missing over an audit that failed', async () => {
    await ledger.audit('a-1', [listed('lost')]);
    await ledger.compare('a-2', []);
    await stores.audits.finish(ACCOUNT.id, 'a-2', { failure: 'The server is away' });
    expect(await ledger.audit('a-3', [listed('lost', { skipped: 'old' })])).toMatchObject({ missing: 1 });
  });

  it('is healed, or accounted for by what a person did, all the same', async () => {
    await ledger.park([newItem('deleted'), faultItem('left')]);
    await stores.tombstones.removeMessage(newItem('deleted').messageId, 'api');
    await stores.sql`delete from quarantine`;
    await ledger.audit('a-1', [listed('lost'), listed('left')]);
    await ledger.compare('a-2', [listed('lost', { skipped: 'old' }), listed('left'), listed('deleted')]);
    await ledger.park([newItem('lost'), faultItem('left')]);
    expect(await ledger.finish('a-2')).toMatchObject({ missing: 1, healed: 1, deleted: 1, quarantined: 1 });
    expect(await ledger.audit('a-3', [listed('lost'), listed('left')])).toMatchObject({
      missing: 0,
      unfinished: 1,
      quarantined: 1,
    });
  });

  it('is forgotten once the mailbox holds it no more, but not when a part could not be listed', async () => {
    await ledger.audit('a-1', [listed('lost'), listed('there')]);
    const partly = await ledger.audit('a-2', [listed('there')], false);
    expect(partly).toMatchObject({ listed: 2, missing: 2 });
    expect(await reasonOf('a-2', 'lost')).toContain('could not be listed');
    // The mailbox cannot be asked for it, and must not be: the others would not come either.
    expect(await stores.audits.listMissing('a-2', 10)).toEqual(['there']);
    expect(await ledger.audit('a-3', [listed('there')])).toMatchObject({ listed: 1, missing: 1 });
  });

  it('is carried only for the folders that could not be listed and are still read', async () => {
    const inFolder = (key: string, label: string) => ({ ...listed(key), label });
    const gone = inFolder('Off;7;1', 'Off, UID 1');
    const undated = inFolder('graph:2', 'Off');
    const dated = inFolder('graph:3', 'Off, received 2026-03-01T10:00:00.000Z');
    const elsewhere = [
      inFolder('INBOX;7;1', 'INBOX, UID 1'),
      inFolder('Off%2C%20too;7;1', 'Off, too, UID 1'),
      inFolder('Out;7;1', 'Out, UID 1'),
    ];
    await ledger.audit('a-1', [gone, undated, dated, ...elsewhere]);
    await ledger.compare('a-2', [listed('INBOX;7;2', { passed: false })], false, ['Off']);
    expect(await ledger.finish('a-2')).toMatchObject({ listed: 4, missing: 3 });
    expect(await ledger.fatesOf('a-2')).toEqual({
      'INBOX;7;2': 'pending',
      'Off;7;1': 'missing',
      'graph:2': 'missing',
      'graph:3': 'missing',
    });
  });

  it('of the mailbox before is not carried into the one that the account reads now', async () => {
    await ledger.audit('a-1', [listed('INBOX;7;1')]);
    await switchMailbox();
    expect(await ledger.audit('a-2', [], false)).toMatchObject({ listed: 0, missing: 0 });
  });

  it('of the mailbox before is none of the mailbox that the account reads now', async () => {
    await ledger.audit('a-1', [listed('INBOX;7;1')]);
    await switchMailbox();
    expect(await ledger.audit('a-2', [listed('INBOX;7;1', { skipped: 'old' })])).toMatchObject({
      missing: 0,
      skipped: 1,
    });
  });
});

describe('a heal that was cut off', () => {
  it('between what it parked and its last look counts as healed', async () => {
    await ledger.compare('a-1', [listed('a'), listed('b')]);
    await ledger.park([newItem('a')]);
    expect(await ledger.finish('a-1')).toMatchObject({ missing: 2, healed: 1, unfinished: 0 });
    expect(await ledger.fatesOf('a-1')).toEqual({ a: 'healed', b: 'missing' });
  });

  it('while the account was switched parks nothing under keys of the mailbox before', async () => {
    await ledger.compare('a-1', [listed('INBOX;7;1'), listed('INBOX;7;2')]);
    await switchMailbox();
    const heal = { batchId: 'a-1', cursor: undefined, auditId: 'a-1' };
    const parked = await ledger.park([newItem('INBOX;7;1'), faultItem('INBOX;7;2')], heal);
    expect(parked).toMatchObject({ messageIds: [], items: 0 });
    expect(await stores.intake.findKnown(ACCOUNT.id, ['INBOX;7;1'])).toEqual(new Map());
    expect(await stores.quarantine.countOpen()).toBe(0);
  });
});

describe('an audit beside a pull', () => {
  it('takes what was parked since it began for what it is, and what came after its list for neither gone nor missing', async () => {
    await stores.audits.begin(ACCOUNT.id, 'a-1');
    await stores.audits.addEntries('a-1', [listed('x', { passed: false }), listed('y', { passed: false })]);
    await ledger.park([newItem('x'), newItem('after')]);
    await stores.sql`update message set parked_at = now() + interval '1 second'`;
    expect(await stores.audits.compare(ACCOUNT.id, 'a-1')).toBe(0);
    expect(await ledger.finish('a-1')).toMatchObject({ listed: 2, unfinished: 1, pending: 1, gone: 0 });
  });

  it('does not count twice what a pull fetched before the heal came to it', async () => {
    await ledger.compare('a-1', [listed('a')]);
    await ledger.park([newItem('a')]);
    const heal = { batchId: 'a-1', cursor: undefined, auditId: 'a-1' };
    expect(await ledger.park([newItem('a')], heal)).toMatchObject({ messageIds: [], duplicates: 1 });
    expect(await ledger.finish('a-1')).toMatchObject({ missing: 1, healed: 1 });
    expect(await stores.sql`select id from message`).toHaveLength(1);
  });

  it('knows mail by the ids that its mailbox gave it anew, deleted and put aside as before', async () => {
    await ledger.park([newItem('1;1'), newItem('1;2'), newItem('1;3')]);
    await stores.tombstones.removeMessage(newItem('1;2').messageId, 'api');
    await stores.messages.settle(newItem('1;3').messageId, 'processed', undefined, { runId: 'r' });
    const anew = [1, 2, 3].map((uid) => newItem(`2;${uid}`, { content: `1;${uid}` }));
    const keys = anew.map(({ providerKey }) => providerKey);
    expect(
      await ledger.audit(
        'a-1',
        keys.map((key) => listed(key, { passed: false })),
      ),
    ).toMatchObject({ pending: 3 });
    expect(await ledger.park(anew)).toMatchObject({ messageIds: [] });
    await ledger.audit(
      'a-2',
      keys.map((key) => listed(key)),
    );
    expect(await ledger.fatesOf('a-2')).toEqual({ '2;1': 'skipped', '2;2': 'deleted', '2;3': 'skipped' });
    expect((await stores.audits.findLatest(ACCOUNT.id))?.gone).toBe(0);
  });
});

describe('an audit that was cut off for good', () => {
  it('is on record as failed once the next one begins', async () => {
    await ledger.compare('a-1', [listed('a')]);
    await ledger.audit('a-2', []);
    const [, cut] = await stores.audits.list(ACCOUNT.id, 2);
    expect(cut).toMatchObject({ id: 'a-1', state: 'failed', reason: 'It was cut off' });
    expect(cut?.finishedAt).toBeInstanceOf(Date);
  });
});

describe('what is said of all accounts', () => {
  it('leaves out what was removed: nobody reads its mailbox any more', async () => {
    await ledger.audit('a-1', [listed('lost')]);
    expect([...(await stores.audits.listLatest()).keys()]).toEqual([ACCOUNT.id]);
    await stores.accountRemovals.retire(ACCOUNT.id, 'moved away');
    expect([...(await stores.audits.listLatest()).keys()]).toEqual([]);
  });

  it('leaves out what takes imports alone by now: there is no mailbox that could be audited', async () => {
    await ledger.audit('a-1', [listed('lost')]);
    const ledgerOf = async () => (await stores.accountFacts.count()).get(ACCOUNT.id)?.ledger;
    expect(await ledgerOf()).toMatchObject({ missing: 1 });
    const switchTo = (files: Account['files'], resetId: string) =>
      stores.accountSettings.switchConnection(
        ACCOUNT.id,
        { kind: 'files', mode: 'manual', imap: undefined, files, oauth: undefined },
        undefined,
        resetId,
      );
    await switchTo({ path: '/mail', layout: 'folder' }, 'r-1');
    expect([...(await stores.audits.listLatest()).keys()]).toEqual([ACCOUNT.id]);
    await switchTo(undefined, 'r-2');
    expect([...(await stores.audits.listLatest()).keys()]).toEqual([]);
    expect(await ledgerOf()).toBeUndefined();
  });
});
