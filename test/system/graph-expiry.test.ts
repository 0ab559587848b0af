import { describe, expect, test } from 'vitest';
import type { MailboxPage } from '../../src/mail/mailbox.ts';
import { graphRoom, keysOf, pull, rawMail, toKeys, toRequest } from '../support/graph/graph-room.ts';

const room = graphRoom();

describe('an expired delta token', () => {
  const keep = () => {
    const known = new Set<string>();
    const findKnown = async (keys: readonly string[]) => new Set(keys.filter((key) => known.has(key)));
    const commit = ({ items }: MailboxPage) => {
      for (const { providerKey } of items) known.add(providerKey);
    };
    return { findKnown, commit };
  };

  test('is followed by a comparison that fetches only what is new', async () => {
    const store = keep();
    room.deliver('one', 'two', 'three');
    const mailbox = room.open();
    const before = await pull(mailbox, store);
    const gap = room.deliver('gap');
    room.controls.expireDelta();
    const fetched = room.bodies();
    const after = await pull(mailbox, { ...store, cursor: before.cursor });
    expect(keysOf(after.items)).toEqual(toKeys(gap));
    expect(room.bodies() - fetched).toBe(1);
    expect((await pull(mailbox, { ...store, cursor: after.cursor })).items).toEqual([]);
  });

  test('looks back to the last round when the outage was longer than the look-back', async () => {
    const store = keep();
    const mailbox = room.open();
    const before = await pull(mailbox, { ...store, since: new Date(Date.now() - 60_000) });
    const hour = 3_600_000;
    // It came while nobody looked; the look-back has slid past it.
    const gap = room.controls.deliver(room.user, 'inbox', rawMail('gap'), {
      receivedAt: new Date(Date.now() - hour),
    });
    room.controls.expireDelta();
    const after = await pull(mailbox, {
      ...store,
      cursor: before.cursor,
      since: new Date(Date.now() - 1_000),
    });
    expect(keysOf(after.items)).toEqual(toKeys([gap]));
  });

  test('does not hide old mail that is moved in later, as before', async () => {
    const store = keep();
    const mailbox = room.open();
    const ago = (days: number) => new Date(Date.now() - days * 86_400_000);
    const moveIn = (name: string) => {
      const id = room.controls.deliver(room.user, 'junkemail', rawMail(name), { receivedAt: ago(20) });
      room.controls.move(room.user, id, 'inbox');
      return id;
    };
    const first = await pull(mailbox, { ...store, since: ago(67) });
    const early = moveIn('early');
    const before = await pull(mailbox, { ...store, cursor: first.cursor, since: ago(7) });
    expect(keysOf(before.items)).toEqual(toKeys([early]));
    room.controls.expireDelta();
    const resynced = await pull(mailbox, { ...store, cursor: before.cursor, since: ago(7) });
    expect(resynced.items).toEqual([]);
    const late = moveIn('late');
    const after = await pull(mailbox, { ...store, cursor: resynced.cursor, since: ago(7) });
    expect(keysOf(after.items)).toEqual(toKeys([late]));
  });

  test('in the middle of a backlog loses and repeats nothing', async () => {
    const store = keep();
    const ids = Array.from({ length: 450 }, (_, index) => room.deliver(`backlog-${index}`)).flat();
    const mailbox = room.open();
    const first = await mailbox.readPage(toRequest({ ...store, maxItems: 50 }));
    store.commit(first);
    room.controls.expireDelta();
    const after = await pull(mailbox, { ...store, cursor: first.cursor });
    expect(keysOf([...first.items, ...after.items])).toEqual(toKeys(ids));
  });
});
