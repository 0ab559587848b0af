import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLedger, held, type Ledger, listed } from './support/create-ledger.ts';
import { faultItem, newItem } from './support/intake-pages.ts';
import { ACCOUNT, openStores, type TestStores } from './support/open-stores.ts';

let stores: TestStores;
let ledger: Ledger;
beforeEach(async () => {
  stores = await openStores();
  ledger = createLedger(stores);
});
afterEach(() => stores.close());

const busy = (key: string) => ({ ...faultItem(key, 'busy'), failureType: 'Unavailable' });
const openReasons = async () =>
  (await stores.quarantine.list({ open: true, limit: 9 })).map(({ reason }) => reason);

it('what a mailbox would not hand over just then is fetched by the next audit, and is no mail that was missing', async () => {
  await ledger.park([busy('a'), faultItem('bad')]);
  expect(await ledger.compare('a-1', [listed('a'), listed('bad')])).toBe(1);
  expect(await stores.audits.listMissing('a-1', 10)).toEqual(['a']);
  const page = { batchId: 'a-1', cursor: undefined, auditId: 'a-1' };
  expect((await ledger.park([newItem('a')], page)).messageIds).toHaveLength(1);
  await stores.audits.recompare(ACCOUNT.id, 'a-1');
  expect(await ledger.finish('a-1')).toMatchObject({ missing: 0, healed: 0, quarantined: 1 });
  expect(await openReasons()).toEqual(['cannot be read']);
});

it('after a day of audits it is for a person', async () => {
  await ledger.park([busy('a')]);
  for (const audit of ['a-1', 'a-2', 'a-3']) {
    expect(await ledger.compare(audit, [listed('a')])).toBe(1);
    await ledger.park([busy('a')], { batchId: audit, cursor: undefined, auditId: audit });
    await stores.audits.recompare(ACCOUNT.id, audit);
    expect(await ledger.finish(audit)).toMatchObject({ missing: 0, quarantined: 1 });
  }
  expect(await ledger.compare('a-4', [listed('a')])).toBe(0);
  expect(await ledger.fatesOf('a-4')).toEqual({ a: 'quarantined' });
  expect(await openReasons()).toEqual(['busy']);
});

it('no audit asks for what the mailbox lists no more, or leaves alone, or for what a pull has still to come to', async () => {
  await ledger.park([busy('gone'), busy('old'), busy('ahead')]);
  const entries = [listed('old', { skipped: 'old' }), listed('ahead', { passed: false })];
  expect(await ledger.compare('a-1', entries)).toBe(0);
  expect(await openReasons()).toEqual(['busy', 'busy', 'busy']);
});

describe('what bears the key of other mail by now', () => {
  const later = [held('b', { at: new Date('2026-05-01T10:00:00Z') })];
  const page = { batchId: 'a-2', auditId: 'a-2', cursor: undefined };

  it('is left alone by the very audit in which a person says so', async () => {
    await ledger.park([faultItem('b')]);
    await ledger.audit('a-1', [held('b')]);
    expect(await ledger.compare('a-2', later)).toBe(1);
    await ledger.park([faultItem('b')], page);
    await stores.audits.recompare(ACCOUNT.id, 'a-2');
    const [row] = await stores.quarantine.list({ open: true, limit: 1 });
    await stores.quarantine.resolve(row?.id ?? 0, 'skipped');
    await stores.audits.recompare(ACCOUNT.id, 'a-2');
    expect(await ledger.fatesOf('a-2')).toEqual({ b: 'skipped' });
  });

  it('is not taken for what was refused before ours came', async () => {
    await ledger.park([faultItem('b')]);
    await ledger.park([newItem('b')]);
    expect(await ledger.compare('a-2', later)).toBe(1);
    await ledger.park([faultItem('b', 'too large')], page);
    expect(await ledger.finish('a-2')).toMatchObject({ missing: 0, quarantined: 1 });
    expect(await openReasons()).toEqual(['too large']);
  });
});
