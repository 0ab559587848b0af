import { describe, expect, test } from 'vitest';
import { graphRoom, keysOf, pull, rawMail, toKeys, toRequest } from '../support/graph/graph-room.ts';

const room = graphRoom();

describe('reading', () => {
  test('new mail comes before the backfill of a folder that was switched on', async () => {
    const bulk = Array.from({ length: 12 }, (_none, i) =>
      room.controls.deliver(room.user, 'archive', rawMail(`old${i}`)),
    );
    const { cursor } = await pull(room.open());
    const both = room.open({ folders: ['archive', 'inbox'] });
    const first = await both.readPage(toRequest({ cursor, maxItems: 5 }));
    const [fresh = ''] = room.deliver('fresh');
    const second = await both.readPage(toRequest({ cursor: first.cursor, maxItems: 5 }));
    expect(keysOf(second.items)).toContain(`graph:${fresh}`);
    const { items } = await pull(both, { cursor: second.cursor, maxItems: 5 });
    expect(keysOf([...first.items, ...second.items, ...items])).toEqual(toKeys([...bulk, fresh]));
  });

  test('hands over every message byte for byte, once, with a cursor that goes on', async () => {
    const first = room.deliver('one', 'two', 'three');
    const mailbox = room.open();
    const before = await pull(mailbox);
    expect(keysOf(before.items)).toEqual(toKeys(first));
    expect(before.items.map((item) => String(item.raw)).sort()).toEqual(
      ['one', 'two', 'three'].map((subject) => String(rawMail(subject))).sort(),
    );
    expect(before.items.every((item) => item.fault === undefined && item.size > 0)).toBe(true);
    const later = room.deliver('four');
    const after = await pull(mailbox, { cursor: before.cursor });
    expect(keysOf(after.items)).toEqual(toKeys(later));
    expect((await pull(mailbox, { cursor: after.cursor })).items).toEqual([]);
  });

  test('cuts pages by count and by bytes, losing and repeating nothing', async () => {
    const ids = Array.from({ length: 90 }, (_, index) => room.deliver(`many-${index}`)).flat();
    const byCount = await pull(room.open(), { maxItems: 7 });
    expect(Math.max(...byCount.pages.map((page) => page.items.length))).toBe(7);
    expect(keysOf(byCount.items)).toEqual(toKeys(ids));
    const byBytes = await pull(room.open(), { maxBytes: 1_500 });
    expect(byBytes.pages.length).toBeGreaterThan(3);
    expect(keysOf(byBytes.items)).toEqual(toKeys(ids));
    expect(Math.max(...byBytes.pages.map((page) => page.cursor.length))).toBeLessThan(40_000);
  });

  test('fetches in batches of at most 20, one at a time', async () => {
    Array.from({ length: 45 }, (_, index) => room.deliver(`batched-${index}`));
    const before = room.controls.counters().requests['GET value'] ?? 0;
    const { items } = await pull(room.open());
    const { requests, largestBatch, busiest } = room.controls.counters();
    expect(items).toHaveLength(45);
    expect(largestBatch).toBe(20);
    expect(busiest).toBeLessThanOrEqual(4);
    expect(requests['GET value'] ?? 0).toBe(before);
  });

  test('does not fetch again what is known, nor drafts', async () => {
    const [known = ''] = room.deliver('known');
    room.controls.deliver(room.user, 'inbox', rawMail('draft'), { isDraft: true });
    const fresh = room.deliver('fresh');
    const before = room.bodies();
    const findKnown = async (keys: readonly string[]) =>
      new Set(keys.filter((key) => key === `graph:${known}`));
    const { items } = await pull(room.open(), { findKnown });
    expect(keysOf(items)).toEqual(toKeys(fresh));
    expect(room.bodies() - before).toBe(1);
  });

  test('turns a message over the limit into a fault and does not hold up others', async () => {
    const large = room.controls.deliver(room.user, 'inbox', rawMail('large', 4_000_000));
    room.deliver('small');
    const { items } = await pull(room.open(), { maxMessageBytes: 100_000 });
    const fault = items.find((item) => item.providerKey === `graph:${large}`);
    expect(fault).toMatchObject({ raw: undefined, fault: { type: 'InvalidInput' } });
    expect(fault?.size).toBeGreaterThan(4_000_000);
    expect(items.filter((item) => item.raw !== undefined)).toHaveLength(1);
  });

  test('loads a large message by itself', async () => {
    room.controls.deliver(room.user, 'inbox', rawMail('large', 4_000_000));
    const { items } = await pull(room.open());
    expect(items[0]?.raw?.byteLength).toBe(rawMail('large', 4_000_000).byteLength);
  });

  test('tells what was deleted or moved away, and keeps the key of what was moved among its folders', async () => {
    const [removed = '', moved = '', away = ''] = room.deliver('removed', 'moved', 'away');
    const mailbox = room.open({ folders: ['inbox', 'Inbox/Orders'] });
    room.controls.deliver(room.user, 'Inbox/Orders', rawMail('order'));
    const before = await pull(mailbox);
    expect(before.items).toHaveLength(4);
    room.controls.remove(room.user, removed);
    room.controls.move(room.user, moved, 'Inbox/Orders');
    room.controls.move(room.user, away, 'archive');
    const after = await pull(mailbox, { cursor: before.cursor });
    expect(keysOf(after.items)).toEqual(toKeys([moved]));
    expect([...after.gone].sort()).toEqual(toKeys([removed, away]));
  });

  test('goes on in a folder that was renamed, and names a folder that is not there', async () => {
    room.controls.deliver(room.user, 'Projects/Mars', rawMail('before'));
    const mailbox = room.open({ folders: ['Projects/Mars', 'inbox'] });
    const before = await pull(mailbox);
    room.controls.renameFolder(room.user, 'Projects/Mars', 'Venus');
    room.controls.deliver(room.user, 'Projects/Venus', rawMail('after'));
    expect((await pull(mailbox, { cursor: before.cursor })).items).toHaveLength(1);
    room.deliver('other');
    const missing = room.open({ folders: ['Projects/Pluto', 'inbox'] });
    const page = await missing.readPage(toRequest());
    expect(page).toMatchObject({ done: false });
    expect(page.items).toHaveLength(1);
    await expect(missing.readPage(toRequest({ cursor: page.cursor }))).rejects.toMatchObject({
      type: 'NotFound',
      message: 'There is no folder "Projects/Pluto" in the mailbox.',
    });
  });

  test('finds a folder that was deleted and made again', async () => {
    room.controls.deliver(room.user, 'Orders', rawMail('before'));
    const mailbox = room.open({ folders: ['Orders'] });
    const before = await pull(mailbox);
    room.controls.removeFolder(room.user, 'Orders');
    const again = room.controls.deliver(room.user, 'Orders', rawMail('again'));
    expect(keysOf((await pull(mailbox, { cursor: before.cursor })).items)).toEqual(toKeys([again]));
  });

  test('leaves alone what came before the look-back, also when someone opens it later', async () => {
    const day = 86_400_000;
    const old = room.controls.deliver(room.user, 'inbox', rawMail('old'), {
      receivedAt: new Date(Date.now() - 9 * day),
    });
    const fresh = room.deliver('fresh');
    const since = new Date(Date.now() - 7 * day);
    const mailbox = room.open();
    const before = await pull(mailbox, { since });
    expect(keysOf(before.items)).toEqual(toKeys(fresh));
    room.controls.read(room.user, old);
    const late = room.controls.deliver(room.user, 'inbox', rawMail('late'), {
      receivedAt: new Date(Date.now() - 6 * day),
    });
    const slid = new Date(Date.now() - day);
    const after = await pull(mailbox, { cursor: before.cursor, since: slid });
    expect(keysOf(after.items)).toEqual(toKeys([late]));
  });
});
