import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { messageKey } from '../../src/mail/identity.ts';
import { countRows, faultItem, newItem, parkOne, pullPage, readAndPark } from './support/intake-pages.ts';
import { ACCOUNT, openStores, type TestStores } from './support/open-stores.ts';

let stores: TestStores;
beforeEach(async () => {
  stores = await openStores();
});
afterEach(() => stores.close());

const fail = (messageId: string, reason = 'no') =>
  stores.quarantine.addMessage({ messageId, stage: 'sync', failureType: 'Rejected', reason });

describe('a message in quarantine', () => {
  it('shows why, in the list and on the message', async () => {
    const id = await parkOne(stores, 'a');
    await fail(id, 'Odoo says no');
    expect(await stores.quarantine.list({ open: true, limit: 10 })).toMatchObject([
      {
        messageId: id,
        accountId: ACCOUNT.id,
        stage: 'sync',
        failureType: 'Rejected',
        reason: 'Odoo says no',
        label: 'a.eml',
      },
    ]);
    expect(await stores.messageList.get(id)).toMatchObject({
      state: 'quarantined',
      outcome: 'quarantined',
      note: 'Odoo says no',
      stage: 'sync',
    });
  });

  it('is one entry when it is added twice, also at the same time; the first reason counts', async () => {
    const id = await parkOne(stores, 'a');
    await fail(id, 'first');
    await Promise.all([fail(id, 'one'), fail(id, 'two'), fail(id, 'three')]);
    expect(await stores.quarantine.list({ open: true, limit: 10 })).toMatchObject([{ reason: 'first' }]);
  });

  it('has a new entry when it fails again after a retry', async () => {
    const id = await parkOne(stores, 'a');
    await fail(id, 'first');
    await stores.messages.reopen([id]);
    await stores.quarantine.resolveMessage(id, 'retried');
    await fail(id, 'second');
    const rows = await stores.quarantine.list({ open: false, limit: 10 });
    expect(rows.map((row) => [row.reason, row.resolution])).toEqual([
      ['second', undefined],
      ['first', 'retried'],
    ]);
    expect(await stores.quarantine.countOpen()).toBe(1);
  });

  it('keeps its first resolution', async () => {
    const id = await parkOne(stores, 'a');
    await fail(id);
    await stores.quarantine.resolveMessage(id, 'retried');
    const [row] = await stores.quarantine.list({ open: false, limit: 1 });
    await stores.quarantine.resolve(row?.id ?? 0, 'skipped');
    await stores.quarantine.resolveMessage(id, 'skipped');
    expect(await stores.quarantine.get(row?.id ?? 0)).toEqual(row);
  });

  it('takes a reason that PostgreSQL cannot hold', async () => {
    const id = await parkOne(stores, 'a');
    await fail(id, 'server said \u0000\ud83d');
    expect((await stores.messageList.get(id)).note).toBe('server said \ufffd\ufffd');
  });

  it('is NotFound when there is no such message or entry', async () => {
    await expect(fail('none')).rejects.toMatchObject({ type: 'NotFound' });
    await expect(stores.quarantine.get(404)).rejects.toMatchObject({ type: 'NotFound' });
    expect(await countRows(stores, 'quarantine')).toBe(0);
  });
});

describe('what a batch gave', () => {
  it('counts as in quarantine also since an earlier batch, and until it is taken out', async () => {
    const items = [faultItem('refused'), newItem('failed'), newItem('fine')];
    const give = (batchId: string) => readAndPark(stores, pullPage(items, { batchId, windowHours: 0 }));
    await give('first');
    const messageId = messageKey(ACCOUNT.id, 'failed');
    await fail(messageId, 'Odoo says no');
    await readAndPark(stores, pullPage([faultItem('other')], { batchId: 'other' }));
    await give('second');
    for (const batchId of ['first', 'second']) {
      expect(await stores.quarantine.countOfBatch(batchId)).toBe(2);
      const rows = await stores.quarantine.listOfBatch(batchId, 10);
      expect(rows.map((row) => [row.label, row.reason])).toEqual([
        ['failed.eml', 'Odoo says no'],
        ['refused.eml', 'cannot be read'],
      ]);
    }
    expect(await stores.quarantine.listOfBatch('second', 1)).toHaveLength(1);
    await stores.quarantine.resolveMessage(messageId, 'skipped');
    expect(await stores.quarantine.countOfBatch('second')).toBe(1);
    expect(await stores.quarantine.countOfBatch('none')).toBe(0);
  });
});

describe('the list of what failed', () => {
  it('pages without gaps or repeats over entries of the same moment', async () => {
    const items = Array.from({ length: 23 }, (_, index) => faultItem(`f${index}`));
    await readAndPark(stores, pullPage(items));
    const seen: number[] = [];
    for (let after: { createdAt: Date; id: number } | undefined; ; ) {
      const rows = await stores.quarantine.list({ open: true, limit: 5, ...(after ? { after } : {}) });
      seen.push(...rows.map((row) => row.id));
      const last = rows.at(-1);
      if (last === undefined) break;
      after = { createdAt: last.createdAt, id: last.id };
    }
    expect(seen).toHaveLength(23);
    expect(new Set(seen).size).toBe(23);
  });

  it('is filtered by what never became a message', async () => {
    await fail(await parkOne(stores, 'a'));
    await readAndPark(stores, pullPage([faultItem('f')]));
    const rows = await stores.quarantine.list({ open: true, refused: true, limit: 5 });
    expect(rows.map(({ label }) => label)).toEqual(['f.eml']);
  });

  it('is filtered by account', async () => {
    await fail(await parkOne(stores, 'a'));
    expect(await stores.quarantine.list({ open: true, accountId: 'another', limit: 5 })).toEqual([]);
    expect(await stores.quarantine.list({ open: true, accountId: ACCOUNT.id, limit: 5 })).toHaveLength(1);
  });
});
