import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AuditedEntry } from '../../db/audit/add-entries.ts';
import type { IntakePage } from '../../db/intake/intake-page.ts';
import { createLedger, held, type Ledger, listed, THEN } from './support/create-ledger.ts';
import { faultItem, newItem } from './support/intake-pages.ts';
import { ACCOUNT, openStores, type TestStores } from './support/open-stores.ts';

const NOW = new Date('2026-05-01T10:00:00Z');
const ALWAYS = { windowHours: 876_000 };

let stores: TestStores;
let ledger: Ledger;
let audits = 0;
beforeEach(async () => {
  stores = await openStores();
  ledger = createLedger(stores);
});
afterEach(() => stores.close());

const item = (key: string, content = key, receivedAt = THEN) => newItem(key, { content, receivedAt });

/** An audit to its end: what it fetched comes from `mailbox`. */
async function audit(entries: readonly AuditedEntry[], mailbox: IntakePage['items'] = []) {
  const id = `audit-${++audits}`;
  await ledger.compare(id, entries);
  const wanted = await stores.audits.listMissing(id, 1_000);
  const items = mailbox.filter(({ providerKey }) => wanted.includes(providerKey));
  if (items.length > 0) {
    await ledger.park(items, { ...ALWAYS, batchId: id, auditId: id, cursor: undefined });
  }
  const totals = await ledger.finish(id);
  return { id, wanted, totals, fates: await ledger.fatesOf(id) };
}

const CLEAN = { wanted: [], totals: { missing: 0, healed: 0 } };
/** Of our rows, and whether they are gone from the mailbox. */
const keysOf = async () => {
  const rows = await stores.sql`select provider_key as key, gone_at is not null as gone from message`;
  return rows.map(({ key, gone }) => [String(key).replace(/^audit-.*\//, 'aside/'), gone]).sort();
};

describe('other mail under a key that we have', () => {
  it('is missing, then taken in once, under an id of its own; what had the key is gone', async () => {
    const before = await ledger.park([item('a'), item('b')], ALWAYS);
    expect(await audit([held('a'), held('b')])).toMatchObject(CLEAN);

    const listing = [held('a'), held('b', { content: 'other', at: NOW })];
    const found = await audit(listing, [item('b', 'other', NOW)]);
    expect(found).toMatchObject({
      wanted: ['b'],
      totals: { listed: 2, missing: 1, healed: 1 },
      fates: { b: 'healed' },
    });
    const [entry] = await stores.audits.listEntries(found.id, { fate: 'healed', limit: 1 });
    expect(entry?.reason).toMatch(/^it bears the UID of another message: .* operator/);
    expect(before.messageIds).not.toContain(entry?.messageId);
    expect(await keysOf()).toEqual([
      ['a', false],
      ['aside/b', true],
      ['b', false],
    ]);
    expect(await audit(listing)).toMatchObject({ ...CLEAN, fates: { a: 'unfinished', b: 'unfinished' } });
    expect(await keysOf()).toHaveLength(3);
  });

  it.each([
    ['of the same second', { at: THEN, content: 'longer than before' }],
    ['of the same size', { at: NOW, content: 'B' }],
  ])('is found when it is %s', async (_what, { at, content }) => {
    await ledger.park([item('b')], ALWAYS);
    const listing = [held('b', { at, content })];
    expect(await audit(listing, [item('b', content, at)])).toMatchObject({
      totals: { missing: 1, healed: 1 },
    });
  });

  it('stays missing, and says why, until it can be fetched', async () => {
    await ledger.park([item('b')], ALWAYS);
    const listing = [held('b', { at: NOW })];
    for (const _ of [1, 2]) {
      const { id, totals } = await audit(listing);
      expect(totals).toMatchObject({ missing: 1, healed: 0 });
      const [entry] = await stores.audits.listEntries(id, { fate: 'missing', limit: 1 });
      expect(entry?.reason).toMatch(/^its date or size is not that .* An audit fetches and compares it$/);
    }
    // Also while its folder cannot be listed.
    await ledger.compare('audit-part', [], false);
    expect(await ledger.finish('audit-part')).toMatchObject({ missing: 1 });
    expect(await audit(listing, [item('b', 'other', NOW)])).toMatchObject({ totals: { healed: 1 } });
  });

  it('waits in quarantine when it is too large, then for what a person says', async () => {
    await ledger.park([item('b')], ALWAYS);
    const listing = [held('b', { size: 9_000_000, at: NOW })];
    expect(await audit(listing, [faultItem('b', 'It is too large')])).toMatchObject({
      fates: { b: 'quarantined' },
    });
    expect(await audit(listing)).toMatchObject({ wanted: [], fates: { b: 'quarantined' } });
    const [row] = await stores.quarantine.list({ open: true, limit: 1 });
    await stores.quarantine.resolve(row?.id ?? 0, 'retried');
    const again = await audit(listing, [item('b', 'other', NOW)]);
    expect(again).toMatchObject({ wanted: ['b'], fates: { b: 'healed' } });
  });

  it('is left alone when a person says so of what is in quarantine', async () => {
    await ledger.park([item('b')], ALWAYS);
    const listing = [held('b', { at: NOW })];
    await audit(listing, [faultItem('b')]);
    const [row] = await stores.quarantine.list({ open: true, limit: 1 });
    await stores.quarantine.resolve(row?.id ?? 0, 'skipped');
    expect(await audit(listing)).toMatchObject({ wanted: [], fates: { b: 'skipped' } });
  });

  it('is known as a copy, or as deleted, by its content', async () => {
    const { messageIds } = await ledger.park([item('a'), item('b'), item('c'), item('d')], ALWAYS);
    await stores.tombstones.removeMessage(messageIds[3] ?? '', 'anna');
    const listing = [held('b', { at: NOW }), held('c', { at: NOW })];
    expect(await audit(listing, [item('b', 'a', NOW), item('c', 'd', NOW)])).toMatchObject({
      fates: { b: 'healed', c: 'deleted' },
    });
    expect(await audit(listing)).toMatchObject({ ...CLEAN, fates: { b: 'skipped', c: 'deleted' } });
    expect(await keysOf()).toEqual([
      ['a', false],
      ['aside/b', true],
      ['aside/c', true],
    ]);
  });

  it('is found under the key of a copy, of what was deleted, and of what was refused', async () => {
    const { messageIds } = await ledger.park([item('a'), item('d')], ALWAYS);
    await ledger.park([item('copy', 'a'), faultItem('huge'), faultItem('left')], ALWAYS);
    await stores.tombstones.removeMessage(messageIds[1] ?? '', 'anna');
    const [left] = await stores.quarantine.list({ open: true, limit: 1 });
    expect(left?.label).toBe('left.eml');
    await stores.quarantine.resolve(left?.id ?? 0, 'skipped');
    const keys = ['copy', 'd', 'huge', 'left'];
    const first = keys.map((key) => held(key, { size: key === 'copy' ? 1 : key.length }));
    expect(await audit(first)).toMatchObject(CLEAN);
    const later = keys.map((key) => held(key, { content: `new ${key}`, at: NOW }));
    const found = await audit(
      later,
      keys.map((key) => item(key, `new ${key}`, NOW)),
    );
    expect(found).toMatchObject({ wanted: keys, totals: { missing: 4, healed: 4 } });
    expect(await audit(later)).toMatchObject(CLEAN);
    expect(await stores.quarantine.countOpen()).toBe(0);
    // What was deleted stays so.
    expect(await ledger.park([item('e', 'd')], ALWAYS)).toMatchObject({ messageIds: [] });
    expect(messageIds).not.toContain((await stores.intake.findKnown(ACCOUNT.id, ['d'])).get('d'));
  });

  it('is taken in once by two attempts at one page', async () => {
    await ledger.park([item('b')], ALWAYS);
    await ledger.compare('audit-x', [held('b', { at: NOW })]);
    const page = { ...ALWAYS, batchId: 'audit-x', auditId: 'audit-x', cursor: undefined };
    const first = await ledger.park([item('b', 'other', NOW)], page);
    expect(await ledger.park([item('b', 'other', NOW)], page)).toEqual(first);
    const late = await ledger.park([item('b', 'other', NOW)], { ...page, page: 1 });
    expect(late).toMatchObject({ messageIds: [], duplicates: 1 });
    expect(await keysOf()).toHaveLength(2);
  });

  it('can come under one key again and again', async () => {
    await ledger.park([item('b')], ALWAYS);
    for (const month of [4, 5, 6]) {
      const at = new Date(Date.UTC(2026, month));
      const listing = [held('b', { content: `mail ${month}`, at })];
      expect(await audit(listing, [item('b', `mail ${month}`, at)])).toMatchObject({ totals: { healed: 1 } });
    }
    expect(await keysOf()).toHaveLength(4);
  });
});

describe('our own mail with other facts', () => {
  it.each([
    ['whose date a restore has changed', { at: NOW }, item('b')],
    ['whose size is told with other line ends', { size: 77 }, item('b')],
    ['that the server hands out rewritten', { at: NOW }, { ...item('b'), sha256: 'other' }],
    ['whose day counts to its identity', { at: NOW }, { ...item('b'), contentHash: 'other' }],
  ])('%s is compared once, and nothing else becomes of it', async (_what, facts, same) => {
    await ledger.park([item('b')], ALWAYS);
    expect(await audit([held('b')])).toMatchObject(CLEAN);
    const listing = [held('b', facts)];
    const clean = { totals: { missing: 0, healed: 0, unfinished: 1 } };
    expect(await audit(listing, [same])).toMatchObject({ wanted: ['b'], ...clean });
    expect(await audit(listing)).toMatchObject({ wanted: [], ...clean });
    expect(await keysOf()).toEqual([['b', false]]);
  });

  it('that came without a date is compared once', async () => {
    await ledger.park([newItem('b', { receivedAt: new Date() })], ALWAYS);
    expect(await audit([held('b')], [item('b')])).toMatchObject({ wanted: ['b'], totals: { missing: 0 } });
    expect(await audit([held('b')])).toMatchObject(CLEAN);
  });

  it('that was deleted stays deleted', async () => {
    const { messageIds } = await ledger.park([item('b')], ALWAYS);
    await stores.tombstones.removeMessage(messageIds[0] ?? '', 'anna');
    const listing = [held('b', { at: NOW })];
    expect(await audit(listing, [item('b')])).toMatchObject({ wanted: ['b'], fates: { b: 'deleted' } });
    expect(await audit(listing)).toMatchObject({ wanted: [], fates: { b: 'deleted' } });
    expect(await keysOf()).toEqual([]);
  });

  it.each([
    ['to the second', { at: new Date(THEN.getTime() + 999) }],
    ['when no size is told', { size: 0 }],
    ['when no date is told', { at: new Date(Number.NaN) }],
    ['when the size is beyond all bounds and another audit saw the same', { size: 2 ** 40 }],
  ])('is known %s', async (_what, facts) => {
    await ledger.park([item('b')], ALWAYS);
    await audit([held('b', facts)], [item('b')]);
    expect(await audit([held('b', facts)])).toMatchObject(CLEAN);
  });

  it('is known by its key alone where no key is ever dealt again', async () => {
    await ledger.park([item('b')], ALWAYS);
    expect(await audit([{ ...listed('b'), receivedAt: NOW }])).toMatchObject(CLEAN);
  });

  it('is not fetched for its size where the server counts all of them in another way', async () => {
    const keys = Array.from({ length: 240 }, (_, n) => `n${String(n).padStart(3, '0')}`);
    await ledger.park(keys.map((key) => item(key)));
    const listing = keys.map((key) => held(key, { size: 900 }));
    expect(await audit(listing)).toMatchObject(CLEAN);
    // By what it told before, a single one stands out.
    const one = [held('n007', { size: 901 }), ...listing.filter(({ providerKey }) => providerKey !== 'n007')];
    expect(await audit(one, [item('n007', 'x')])).toMatchObject({ wanted: ['n007'], totals: { healed: 1 } });
    // Or from the next version on all of them otherwise.
    expect(await audit(keys.map((key) => held(key, { size: 800 })))).toMatchObject(CLEAN);
  });

  it('is no concern of what an audit of the version before has left behind', async () => {
    await ledger.park([item('a'), item('copy', 'a')], ALWAYS);
    await stores.sql`update message_alias set received_at = null, size = null`;
    const listing = [held('a'), held('copy', { at: NOW })];
    expect(await audit(listing)).toMatchObject(CLEAN);
    await stores.sql`update audit_entry set size = null`;
    expect(await audit(listing)).toMatchObject(CLEAN);
    const other = [held('a'), held('copy', { at: THEN })];
    expect(await audit(other, [item('copy', 'new')])).toMatchObject({
      wanted: ['copy'],
      totals: { healed: 1 },
    });
  });
});
