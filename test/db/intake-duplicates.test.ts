import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { IntakePage } from '../../db/intake/intake-page.ts';
import { addImport, countRows, faultItem, newItem, pullPage, readAndPark } from './support/intake-pages.ts';
import { ACCOUNT, openStores, type TestStores } from './support/open-stores.ts';

let stores: TestStores;
beforeEach(async () => {
  stores = await openStores();
});
afterEach(() => stores.close());

let pulls = 0;
const park = (items: IntakePage['items'], facts: Partial<IntakePage> = {}) =>
  readAndPark(stores, pullPage(items, { batchId: `pull-${++pulls}`, ...facts }));
const age = (hours: number) =>
  stores.sql`update content_window set seen_at = now() - make_interval(hours => ${hours})`;

describe('a second delivery under the same provider key', () => {
  it('is a duplicate of the first, however long ago that was', async () => {
    await park([newItem('uid-1')]);
    await age(10_000);

    expect(await park([newItem('uid-1')])).toMatchObject({ messageIds: [], duplicates: 1 });
    const known = await stores.intake.findKnown(ACCOUNT.id, ['uid-1', 'uid-2']);
    expect(known).toEqual(new Map([['uid-1', newItem('uid-1').messageId]]));
  });

  it('is a duplicate when the reader knew it already', async () => {
    await park([newItem('uid-1')]);
    const known = {
      kind: 'known',
      providerKey: 'uid-1',
      label: 'x',
      messageId: newItem('uid-1').messageId,
    } as const;

    expect(await park([known])).toMatchObject({ items: 1, duplicates: 1 });
  });
});

describe('the same content under another provider key', () => {
  it('is a duplicate within the window and names the message it repeats', async () => {
    await park([newItem('uid-1', { content: 'hello' })]);
    await age(23);
    expect(await park([newItem('uid-2', { content: 'hello' })])).toMatchObject({
      messageIds: [],
      duplicates: 1,
    });

    const [row] = await stores.sql`select message_id from batch_item where provider_key = 'uid-2'`;
    expect(row?.message_id).toBe(newItem('uid-1').messageId);
    expect(await countRows(stores, 'message')).toBe(1);
  });

  it('is accepted after the window, which then starts anew', async () => {
    await park([newItem('uid-1', { content: 'hello' })]);
    await age(25);
    expect(await park([newItem('uid-2', { content: 'hello' })])).toMatchObject({ duplicates: 0 });
    expect(await park([newItem('uid-3', { content: 'hello' })])).toMatchObject({ duplicates: 1 });
  });

  it('does not prolong the window when it is refused', async () => {
    await park([newItem('uid-1', { content: 'hello' })]);
    await age(23);
    await park([newItem('uid-2', { content: 'hello' })]);
    await stores.sql`update content_window set seen_at = seen_at - interval '2 hours'`;
    expect(await park([newItem('uid-3', { content: 'hello' })])).toMatchObject({ duplicates: 0 });
  });

  it('is accepted when the row of the first one was taken away by hand', async () => {
    await park([newItem('uid-1', { content: 'hello' })]);
    await stores.sql`delete from batch_item where provider_key = 'uid-1'`;
    await stores.sql`delete from message where id = ${newItem('uid-1').messageId}`;
    expect(await park([newItem('uid-2', { content: 'hello' })])).toMatchObject({ duplicates: 0 });
    expect(await park([newItem('uid-3', { content: 'hello' })])).toMatchObject({ duplicates: 1 });
  });

  it('is accepted when the window is switched off, also within one page', async () => {
    const parked = await park(
      [newItem('uid-1', { content: 'hello' }), newItem('uid-2', { content: 'hello' })],
      { windowHours: 0 },
    );
    expect(parked).toMatchObject({ duplicates: 0 });
    expect(parked.messageIds).toHaveLength(2);
    expect(await park([newItem('uid-3', { content: 'hello' })], { windowHours: 0 })).toMatchObject({
      duplicates: 0,
    });
    expect(await countRows(stores, 'source')).toBe(1);
  });

  it('twice in one page: the first is accepted, the second is its duplicate', async () => {
    const parked = await park([
      newItem('uid-1', { content: 'hello' }),
      newItem('uid-2', { content: 'hello' }),
      newItem('uid-1', { content: 'hello' }),
    ]);
    expect(parked).toMatchObject({ items: 3, duplicates: 2, messageIds: [newItem('uid-1').messageId] });
    const rows = await stores.sql`select outcome, message_id from batch_item order by position`;
    expect(rows.map((row) => row.outcome)).toEqual(['accepted', 'duplicate', 'duplicate']);
    expect(new Set(rows.map((row) => row.message_id))).toEqual(new Set([newItem('uid-1').messageId]));
  });
});

describe('one mail in two accounts', () => {
  beforeEach(() => stores.accounts.add({ ...ACCOUNT, id: 'support' }, undefined));

  it('is two messages of one source', async () => {
    await park([newItem('uid-1', { content: 'hello' })]);
    const other = newItem('uid-1', { content: 'hello', messageId: 'support-uid-1' });
    expect(await park([other], { accountId: 'support' })).toMatchObject({ messageIds: ['support-uid-1'] });

    expect(await countRows(stores, 'message')).toBe(2);
    expect(await countRows(stores, 'source')).toBe(1);
  });

  it('is taken in by both at the same time, whatever the order of the mails', async () => {
    const keys = Array.from({ length: 400 }, (_, index) => `${index}`);
    for (let round = 0; round < 4; round += 1) {
      const items = keys.map((key) => newItem(`${round}-${key}`));
      const others = items.map((item) => ({ ...item, messageId: `other-${item.messageId}` })).reverse();
      const [first, second] = await Promise.all([park(items), park(others, { accountId: 'support' })]);
      expect(first.messageIds).toHaveLength(400);
      expect(second.messageIds).toHaveLength(400);
    }
  });
});

describe('two imports of the same mails into one account', () => {
  it.each([0, 24])('share them without loss, window of %i hours', async (windowHours) => {
    await addImport(stores, 'one');
    await addImport(stores, 'two');
    const items = Array.from({ length: 300 }, (_, index) => newItem(`k${index}`));
    const reversed = [...items].reverse();
    const [one, two] = await Promise.all([
      park(items, { batchId: 'one', kind: 'import', windowHours }),
      park(reversed, { batchId: 'two', kind: 'import', windowHours }),
    ]);
    expect(one.messageIds.length + two.messageIds.length).toBe(300);
    expect(one.duplicates + two.duplicates).toBe(300);
  });
});

describe('an item that cannot be read', () => {
  it('goes to quarantine with its reason and stays an item of the batch', async () => {
    await park([faultItem('bad', 'too large'), newItem('good')], { batchId: 'pull-x' });

    const [entry] = await stores.quarantine.list({ open: true, limit: 10 });
    expect(entry).toMatchObject({
      accountId: ACCOUNT.id,
      batchId: 'pull-x',
      messageId: undefined,
      stage: 'intake',
      failureType: 'InvalidInput',
      reason: 'too large',
      label: 'bad.eml',
    });
    const totals = (await stores.batches.get('pull-x')).totals;
    expect(totals).toMatchObject({ messages: 2, accepted: 1, quarantined: 1, running: 1 });
  });

  it('has one open entry however often it is met, and another once that one is resolved', async () => {
    await park([faultItem('bad'), faultItem('bad')]);
    await park([faultItem('bad')]);
    const [entry, ...more] = await stores.quarantine.list({ open: true, limit: 10 });
    expect(more).toEqual([]);

    await stores.quarantine.resolve(entry?.id ?? 0, 'skipped');
    await park([faultItem('bad')]);
    expect(await stores.quarantine.countOpen()).toBe(1);
    expect(await stores.quarantine.list({ open: false, limit: 10 })).toHaveLength(2);
  });
});

describe('an import that was cancelled', () => {
  it('does not stand for mail that comes again: nobody has processed it', async () => {
    await addImport(stores, 'import-c');
    await park([newItem('file-1', { content: 'hello' })], { kind: 'import', batchId: 'import-c' });
    await stores.batches.finish('import-c', 'cancelled', undefined);
    expect(await park([newItem('uid-7', { content: 'hello' })])).toMatchObject({ duplicates: 0 });
  });
});
