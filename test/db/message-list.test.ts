import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MessageFilter } from '../../db/message-list-store.ts';
import { addImport, newItem, parkOne, pullPage, readAndPark } from './support/intake-pages.ts';
import { view } from './support/message-views.ts';
import { ACCOUNT, openStores, type TestStores } from './support/open-stores.ts';

const ROWS = 60;
let stores: TestStores;
beforeAll(async () => {
  stores = await openStores();
  await stores.accounts.add({ ...ACCOUNT, id: 'support' }, undefined);
  const items = Array.from({ length: ROWS }, (_, index) =>
    newItem(`k${index}`, { receivedAt: new Date(Date.UTC(2026, 2, 1, 10, Math.floor(index / 20))) }),
  );
  await stores.intake.park(pullPage(items));
  const other = newItem('k0', { messageId: 'support-k0' });
  await readAndPark(stores, pullPage([other], { accountId: 'support', batchId: 'pull-s', windowHours: 0 }));
  await stores.sql`update message set
    category = (array['order', 'complaint', 'other'])[1 + abs(hashtext(id)) % 3],
    priority = (array['URGENT', 'LOW'])[1 + abs(hashtext(id || 'p')) % 2],
    state = (array['settled', 'running'])[1 + abs(hashtext(id || 's')) % 2],
    outcome = (array['processed', null])[1 + abs(hashtext(id || 's')) % 2],
    language = (array['en', 'de'])[1 + abs(hashtext(id || 'l')) % 2],
    needs_person = (array['two reads disagree', null])[1 + abs(hashtext(id || 'n')) % 2],
    conversation_id = 'c' || abs(hashtext(id || 'c')) % 5`;
});
afterAll(() => stores.close());

async function pageThrough(filter: Omit<MessageFilter, 'limit' | 'after'>, limit: number): Promise<string[]> {
  const seen: string[] = [];
  for (let after: MessageFilter['after']; ; ) {
    const rows = await stores.messageList.list({ ...filter, limit, ...(after ? { after } : {}) });
    seen.push(...rows.map((row) => row.id));
    const last = rows.at(-1);
    if (last === undefined) return seen;
    after = { receivedAt: last.receivedAt, id: last.id };
  }
}

describe('the list of messages', () => {
  it.each([1, 7, 20, 100])(
    'pages by %i without gaps or repeats, though many came at the same time',
    async (limit) => {
      const seen = await pageThrough({}, limit);
      const all = await stores.messageList.list({ limit: 1000 });
      expect(seen).toEqual(all.map((row) => row.id));
      expect(new Set(seen).size).toBe(ROWS + 1);
    },
  );

  it('is newest first', async () => {
    const times = (await stores.messageList.list({ limit: 1000 })).map((row) => row.receivedAt.getTime());
    expect(times).toEqual([...times].sort((a, b) => b - a));
  });

  it('does not repeat what was there when new mail comes between two pages', async () => {
    const first = await stores.messageList.list({ accountId: 'support', limit: 1 });
    const last = first[0];
    const late = newItem('late', { messageId: 'support-late', receivedAt: new Date('2027-01-01') });
    await readAndPark(stores, pullPage([late], { accountId: 'support', batchId: 'pull-late' }));
    const after = last && { receivedAt: last.receivedAt, id: last.id };
    expect(
      await stores.messageList.list({ accountId: 'support', limit: 5, ...(after ? { after } : {}) }),
    ).toEqual([]);
    await stores.sql`delete from message where id = 'support-late'`;
  });

  const filters: Omit<MessageFilter, 'limit'>[] = [
    { accountId: 'support' },
    { accountId: ACCOUNT.id, category: 'order' },
    { batchId: 'pull-s' },
    { category: 'complaint' },
    { priority: 'URGENT' },
    { state: 'running' },
    { outcome: 'processed' },
    { language: 'de' },
    { conversationId: 'c3' },
    { needsPerson: true },
    { needsPerson: false, category: 'order' },
    { category: 'other', priority: 'LOW', state: 'settled', language: 'en' },
    { category: 'no-such' },
  ];
  it.each(filters)('filtered by %o shows just those', async (filter) => {
    const all = await stores.messageList.list({ limit: 1000 });
    const expected = all.filter((row) =>
      Object.entries(filter).every(([key, value]) =>
        Object.entries(row).some(
          ([k, v]) => k === key && (typeof value === 'boolean' ? (v !== null) === value : v === value),
        ),
      ),
    );
    expect(await pageThrough(filter, 9)).toEqual(expected.map((row) => row.id));
  });

  it('takes hostile values as values', async () => {
    for (const category of [`'; drop table message; --`, 'a\u0000b', '\ud800', '%', '__proto__']) {
      expect(await stores.messageList.list({ category, limit: 5 })).toEqual([]);
    }
    expect(await stores.messageList.list({ limit: 1 })).toHaveLength(1);
  });
});

describe('one message', () => {
  it('shows body and analysis once there are any', async () => {
    const id = await parkOne(stores, 'detail');
    expect(await stores.messageList.get(id)).toMatchObject({
      body: null,
      analysis: null,
      label: 'detail.eml',
    });
    await stores.messages.saveView(ACCOUNT.id, id, view());
    expect(await stores.messageList.get(id)).toMatchObject({
      body: { visibleText: 'Please send an offer.' },
    });
    await stores.sql`delete from message where id = ${id}`;
    await expect(stores.messageList.get(id)).rejects.toMatchObject({ type: 'NotFound' });
  });
});

describe('a conversation', () => {
  it('is listed oldest first, up to the limit', async () => {
    const rows = await stores.messageList.listConversation('c1', 1000);
    const all = (await stores.messageList.list({ conversationId: 'c1', limit: 1000 })).reverse();
    expect(rows.map((row) => row.id)).toEqual(all.map((row) => row.id));
    expect(await stores.messageList.listConversation('c1', 2)).toEqual(rows.slice(0, 2));
  });
});

describe('the counts', () => {
  it('agree with the list, in every dimension', async () => {
    const all = await stores.messageList.list({ limit: 1000 });
    const tally = (pick: (row: (typeof all)[number]) => string | null) => {
      const counts: Record<string, number> = {};
      for (const row of all) {
        const key = pick(row);
        if (key !== null) counts[key] = (counts[key] ?? 0) + 1;
      }
      return counts;
    };
    expect(await stores.messageList.count()).toEqual({
      total: all.length,
      byCategory: tally((row) => row.category),
      byPriority: tally((row) => row.priority),
      byState: tally((row) => row.state),
      byOutcome: tally((row) => row.outcome),
    });
  });

  it('are of one account, one batch, or none', async () => {
    expect((await stores.messageList.count({ accountId: 'support' })).total).toBe(1);
    expect((await stores.messageList.count({ batchId: 'pull-1' })).total).toBe(ROWS);
    expect(await stores.messageList.count({ batchId: 'none' })).toEqual({
      total: 0,
      byCategory: {},
      byPriority: {},
      byState: {},
      byOutcome: {},
    });
  });

  it('of what a batch stands for take in the messages that its duplicates name, each once', async () => {
    await addImport(stores, 'import-1');
    const items = ['k0', 'k1', 'k1'].map((key) => newItem(key));
    await stores.intake.park(pullPage(items, { batchId: 'import-1', kind: 'import' }));
    const { byCategory } = await stores.messageList.countBatchItems('import-1');
    expect(Object.values(byCategory).reduce((sum, each) => sum + each, 0)).toBe(2);
    expect(await stores.messageList.countBatchItems('none')).toEqual({ byCategory: {}, byPriority: {} });
  });

  it('by minute cover what ended lately, whatever the time zone of the server', async () => {
    const ids = (await stores.messageList.list({ limit: 3 })).map((row) => row.id);
    await stores.sql`update message set state = 'settled', settled_at = now() where id in ${stores.sql(ids)}`;
    await stores.sql`update message set settled_at = now() - interval '3 hours' where id = ${ids[2] ?? ''}`;
    await stores.sql.unsafe(`alter database ${stores.sql.options.database} set timezone = 'Asia/Kolkata'`);
    const rows = await stores.messageList.countByMinute(60);
    expect(rows.reduce((sum, row) => sum + row.settled, 0)).toBe(2);
    for (const { minute } of rows) {
      expect(minute.getTime() % 60_000).toBe(0);
      expect(Math.abs(Date.now() - minute.getTime())).toBeLessThan(3_600_000);
    }
  });
});
