import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addImport, countRows, faultItem, newItem, pullPage, readAndPark } from './support/intake-pages.ts';
import { ACCOUNT, openStores, type TestStores } from './support/open-stores.ts';

let stores: TestStores;
beforeEach(async () => {
  stores = await openStores();
});
afterEach(() => stores.close());

const PULL = { accountId: ACCOUNT.id, batchId: 'pull-1', kind: 'pull' as const, page: 0 };
const cursorOf = async () => (await stores.intake.openPage({ ...PULL, batchId: 'pull-next' })).cursor;

describe('a page of a pull', () => {
  it('parks its messages and moves the cursor', async () => {
    const parked = await stores.intake.park(pullPage([newItem('a'), newItem('b')]));

    expect(parked.messageIds).toEqual([newItem('a').messageId, newItem('b').messageId]);
    expect(await cursorOf()).toBe('after-0');
    expect((await stores.messageList.list({ limit: 10 })).map((row) => row.state)).toEqual([
      'parked',
      'parked',
    ]);
  });

  it('leaves nothing behind when the connection is cut before the commit', async () => {
    await stores.intake.park(pullPage([newItem('earlier')], { batchId: 'pull-0', cursor: 'before' }));
    await stores.sql.unsafe(`
      create function cut() returns trigger language plpgsql as
        'begin perform pg_terminate_backend(pg_backend_pid()); return new; end';
      create trigger cut before insert on batch_item for each row execute function cut();`);

    const page = pullPage([newItem('a'), faultItem('f')], { readFrom: 'before' });
    const cut = stores.intake.park(page);
    await expect(cut).rejects.toMatchObject({ type: 'Unavailable' });
    expect(await cursorOf()).toBe('before');
    expect(await countRows(stores, 'message')).toBe(1);
    expect(await countRows(stores, 'source')).toBe(1);
    expect(await countRows(stores, 'quarantine')).toBe(0);
    expect(await countRows(stores, 'batch')).toBe(1);

    await stores.sql.unsafe('drop trigger cut on batch_item');
    const again = await stores.intake.park(page);
    expect(again).toMatchObject({ items: 2, duplicates: 0, quarantined: 1 });
  });

  it('answers what was committed when the first answer was lost', async () => {
    const first = await stores.intake.park(pullPage([newItem('a'), faultItem('f'), newItem('a')]));

    expect((await stores.intake.openPage(PULL)).committed).toEqual(first);
    expect(await stores.intake.park(pullPage([newItem('other')]))).toEqual(first);
    expect(await countRows(stores, 'message')).toBe(1);
  });

  it('no longer offers the messages that were started meanwhile', async () => {
    const { messageIds } = await stores.intake.park(pullPage([newItem('a'), newItem('b')]));
    await stores.messages.recordStage(messageIds[0] ?? '', 'read', 'running');

    expect((await stores.intake.openPage(PULL)).committed?.messageIds).toEqual([messageIds[1]]);
  });

  it('is parked once by two readers at the same time', async () => {
    const items = Array.from({ length: 40 }, (_, index) => newItem(`k${index}`));
    const answers = await Promise.all([
      stores.intake.park(pullPage(items)),
      stores.intake.park(pullPage(items)),
      stores.intake.park(pullPage(items)),
    ]);

    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
    expect(answers[0].messageIds).toHaveLength(40);
    expect(await stores.batches.get('pull-1')).toMatchObject({ totals: { messages: 40, accepted: 40 } });
  });

  it('does not move the cursor back when a slow attempt ends after later pages', async () => {
    await stores.intake.park(pullPage([newItem('a')], { cursor: 'after-0', done: false }));
    await stores.intake.park(pullPage([newItem('b')], { page: 1, readFrom: 'after-0', cursor: 'after-1' }));

    await stores.intake.park(pullPage([newItem('a')], { cursor: 'after-0', done: false }));
    expect(await cursorOf()).toBe('after-1');
  });

  it.each([
    ['nothing', []],
    ['mail', [newItem('late')]],
  ])('that found %s starts over when another pull has moved on meanwhile', async (_what, items) => {
    const readFrom = await cursorOf();
    const other = pullPage([newItem('a')], { batchId: 'pull-2', cursor: 'after-a', readFrom });
    await stores.intake.park(other);

    const slow = stores.intake.park(pullPage(items, { cursor: 'before-a', readFrom }));
    await expect(slow).rejects.toMatchObject({ type: 'Unavailable' });
    expect(await cursorOf()).toBe('after-a');
    expect(await countRows(stores, 'message')).toBe(1);

    const again = await stores.intake.park(
      pullPage(items, { cursor: 'after-b', readFrom: await cursorOf() }),
    );
    expect(again.items).toBe(items.length);
    expect(await cursorOf()).toBe('after-b');
  });

  it('makes no batch when the mailbox holds nothing new', async () => {
    const parked = await stores.intake.park(pullPage([], { cursor: 'still-here' }));

    expect(parked).toEqual({ messageIds: [], items: 0, duplicates: 0, quarantined: 0, done: true });
    expect(await cursorOf()).toBe('still-here');
    expect(await countRows(stores, 'batch')).toBe(0);
  });

  it('may hold a thousand items', async () => {
    const items = Array.from({ length: 1000 }, (_, index) =>
      index % 10 === 0 ? faultItem(`f${index}`) : newItem(`k${index}`, { content: `c${index % 500}` }),
    );
    const parked = await stores.intake.park(pullPage(items));

    expect(parked).toMatchObject({ items: 1000, quarantined: 100 });
    expect(parked.messageIds.length + parked.duplicates).toBe(900);
    expect((await stores.batches.get('pull-1')).totals).toMatchObject({ messages: 1000, quarantined: 100 });
  });

  it('survives NUL and lone surrogates in labels, keys and reasons', async () => {
    const hostile = 'a\u0000b\ud800';
    const item = newItem('x', { label: hostile, providerKey: hostile });
    const parked = await stores.intake.park(
      pullPage([item, { ...faultItem(`f\u0000`, hostile), label: hostile }]),
    );

    expect(parked).toMatchObject({ items: 2, quarantined: 1, messageIds: [item.messageId] });
    expect(await stores.intake.findKnown(ACCOUNT.id, [hostile])).toEqual(
      new Map([[hostile, item.messageId]]),
    );
  });
});

describe('a page of an import', () => {
  it('keeps its cursor in the batch and leaves the mailbox alone', async () => {
    await stores.intake.park(pullPage([newItem('live')], { cursor: 'live-cursor' }));
    await addImport(stores, 'import-1');
    await stores.intake.park(
      pullPage([newItem('old')], {
        batchId: 'import-1',
        kind: 'import',
        cursor: '17',
        done: false,
        expected: 99,
      }),
    );

    expect(await cursorOf()).toBe('live-cursor');
    const next = { accountId: ACCOUNT.id, batchId: 'import-1', kind: 'import' as const, page: 1 };
    expect(await stores.intake.openPage(next)).toEqual({ cursor: '17' });
    expect(await stores.batches.get('import-1')).toMatchObject({ expected: 99, exhausted: false });
  });

  it('counts positions on through its pages and knows which was the last', async () => {
    await addImport(stores, 'import-1');
    const importPage = (page: number, keys: string[], done: boolean) =>
      stores.intake.park(
        pullPage(
          keys.map((key) => newItem(key)),
          { batchId: 'import-1', kind: 'import', page, done },
        ),
      );
    await importPage(0, ['a', 'b'], false);
    await importPage(1, ['c'], true);

    const rows = await stores.sql`select position, page, provider_key from batch_item order by position`;
    expect(rows.map((row) => [row.position, row.page, row.provider_key])).toEqual([
      [0, 0, 'a'],
      [1, 0, 'b'],
      [2, 1, 'c'],
    ]);
    const open = { accountId: ACCOUNT.id, batchId: 'import-1', kind: 'import' as const };
    expect((await stores.intake.openPage({ ...open, page: 0 })).committed?.done).toBe(false);
    expect((await stores.intake.openPage({ ...open, page: 1 })).committed?.done).toBe(true);
  });

  it('is refused when nobody has started that batch', async () => {
    const absent = { batchId: 'import-none', kind: 'import' as const };
    await expect(stores.intake.park(pullPage([newItem('a')], absent))).rejects.toMatchObject({
      type: 'NotFound',
    });
    await expect(stores.intake.openPage({ ...PULL, ...absent })).rejects.toMatchObject({ type: 'NotFound' });
    expect(await countRows(stores, 'message')).toBe(0);
  });

  it('is refused when a slow attempt ends after the batch was cancelled', async () => {
    await addImport(stores, 'import-1');
    await stores.batches.finish('import-1', 'cancelled', 'enough');

    const late = stores.intake.park(pullPage([newItem('a')], { batchId: 'import-1', kind: 'import' }));
    await expect(late).rejects.toMatchObject({ type: 'Conflict' });
    expect(await countRows(stores, 'message')).toBe(0);
  });
});

describe('forgotten messages', () => {
  const park = async (
    key: string,
    minutesAgo: number,
    page = pullPage([newItem(key)], { batchId: `pull-${key}` }),
  ) => {
    await readAndPark(stores, page);
    await stores.sql`update message set parked_at = now() - make_interval(mins => ${minutesAgo})
      where id = ${newItem(key).messageId}`;
  };

  it('are those that were parked long ago and never started', async () => {
    await park('old', 20);
    await park('fresh', 1);
    await park('started', 20);
    await stores.messages.recordStage(newItem('started').messageId, 'read', 'running');

    expect(await stores.intake.findForgotten(ACCOUNT.id, 10, 100)).toEqual([newItem('old').messageId]);
    expect(await stores.intake.findForgotten('another', 10, 100)).toEqual([]);
    expect(await stores.intake.findForgotten(ACCOUNT.id, 10, 0)).toEqual([]);
  });

  it.each([
    ['completed', false],
    ['failed', true],
  ] as const)('of a %s pull are started by the next one: %s', async (state, taken) => {
    await park('early', 1, pullPage([newItem('early')], { batchId: 'pull-1' }));
    await park('late', 0, pullPage([newItem('late')], { batchId: 'pull-1', page: 1, readFrom: 'after-0' }));
    await stores.batches.finish('pull-1', state, 'The step took too long');
    const ids = ['late', 'early'].map((key) => newItem(key).messageId);
    expect(await stores.intake.findForgotten(ACCOUNT.id, 10, 100)).toEqual(taken ? ids : []);
  });

  it.each([
    ['running', false],
    ['paused', false],
    ['completed', true],
    ['failed', true],
  ] as const)('of a %s import are taken up: %s', async (state, taken) => {
    await addImport(stores, 'import-1');
    await park('waiting', 20, pullPage([newItem('waiting')], { batchId: 'import-1', kind: 'import' }));
    if (state === 'paused' || state === 'running') await stores.batches.changeState('import-1', state);
    else await stores.batches.finish('import-1', state, undefined);

    const found = await stores.intake.findForgotten(ACCOUNT.id, 10, 100);
    expect(found).toEqual(taken ? [newItem('waiting').messageId] : []);
  });
});
