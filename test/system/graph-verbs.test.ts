import { describe, expect, test } from 'vitest';
import type { LiveMailbox } from '../../src/mail/mailbox.ts';
import { graphRoom, keysOf, never, pull, rawMail, toKeys } from '../support/graph/graph-room.ts';

const room = graphRoom();

describe('the other verbs', () => {
  async function listAll(
    mailbox: LiveMailbox,
    cursor: string | undefined,
    since?: Date,
    onListed: (folder: string) => void = () => undefined,
  ) {
    const entries = [];
    const onProgress = () => undefined;
    for await (const page of mailbox.list({ cursor, since, signal: never, onProgress, onListed }))
      entries.push(...page);
    return entries;
  }

  test('lists all that is there, and what the cursor is past', async () => {
    const read = room.deliver('one', 'two');
    const draft = room.controls.deliver(room.user, 'inbox', rawMail('draft'), { isDraft: true });
    const mailbox = room.open();
    expect((await listAll(mailbox, undefined)).every((entry) => !entry.passed)).toBe(true);
    const { cursor } = await pull(mailbox);
    const later = room.deliver('later');
    const entries = await listAll(mailbox, cursor);
    expect(keysOf(entries)).toEqual(toKeys([...read, draft, ...later]));
    expect(keysOf(entries.filter((entry) => entry.passed))).toEqual(toKeys([...read, draft]));
    expect(keysOf(entries.filter((entry) => entry.skipped !== undefined))).toEqual(toKeys([draft]));
    room.controls.expireDelta();
    expect((await listAll(mailbox, cursor)).every((entry) => !entry.passed)).toBe(true);
  });

  test('lists a folder that was deleted and made again', async () => {
    room.controls.deliver(room.user, 'Orders', rawMail('before'));
    const mailbox = room.open({ folders: ['Orders'] });
    const { cursor } = await pull(mailbox);
    room.controls.removeFolder(room.user, 'Orders');
    const again = room.controls.deliver(room.user, 'Orders', rawMail('again'));
    const entries = await listAll(mailbox, cursor);
    expect(entries).toMatchObject([{ providerKey: `graph:${again}`, passed: false }]);
  });

  test('tells which folders it listed to their end', async () => {
    const mailbox = room.open({ folders: ['inbox', 'Nowhere'] });
    const listed: string[] = [];
    const reading = listAll(mailbox, undefined, undefined, (name) => listed.push(name));
    await expect(reading).rejects.toMatchObject({ type: 'NotFound' });
    expect(listed).toEqual(['inbox']);
  });

  test('says which messages the look-back leaves out', async () => {
    const old = room.controls.deliver(room.user, 'inbox', rawMail('old'), {
      receivedAt: new Date('2020-01-01'),
    });
    room.deliver('fresh');
    const since = new Date('2021-01-01');
    const mailbox = room.open();
    const { cursor } = await pull(mailbox, { since });
    const entries = await listAll(mailbox, cursor, since);
    expect(keysOf(entries.filter((entry) => entry.skipped !== undefined))).toEqual(toKeys([old]));
  });

  test('what is not here counts as missing for ever, however far the bound of a new round moved on', async () => {
    const day = 86_400_000;
    const deliver = (name: string, days: number) => {
      const receivedAt = new Date(Date.now() - days * day);
      return room.controls.deliver(room.user, 'inbox', rawMail(name), { receivedAt });
    };
    const [old, read] = [deliver('old', 9), deliver('read', 6)];
    const mailbox = room.open();
    const { cursor } = await pull(mailbox, { since: new Date(Date.now() - 7 * day) });
    room.controls.expireDelta();
    const later = { cursor, since: new Date(Date.now() - day) };
    const after = await pull(mailbox, later);
    const entries = await listAll(mailbox, after.cursor, later.since);
    expect(entries.map(({ providerKey, skipped }) => [providerKey, skipped !== undefined])).toEqual([
      [`graph:${read}`, false],
      [`graph:${old}`, true],
    ]);
    expect(entries.every(({ passed }) => passed)).toBe(true);
    expect(after.items).toEqual([]);
  });

  test('reads single messages again wherever they are, and tells what is gone', async () => {
    const [moved = '', gone = ''] = room.deliver('moved', 'gone');
    room.controls.move(room.user, moved, 'archive');
    room.controls.remove(room.user, gone);
    const request = {
      maxBytes: 1_000_000,
      maxMessageBytes: 1_000_000,
      signal: never,
      onProgress: () => undefined,
    };
    const { items, gone: left } = await room.open().readItems(toKeys([moved, gone]), request);
    expect(keysOf(items)).toEqual(toKeys([moved]));
    expect(left).toEqual(toKeys([gone]));
    expect(String(items[0]?.raw)).toBe(String(rawMail('moved')));
    expect(items[0]?.receivedAt).toBeInstanceOf(Date);
  });

  test('marks as read, labels and moves, twice as good as once, and keeps the key', async () => {
    const [id = ''] = room.deliver('one');
    const mailbox = room.open();
    const mark = { seen: true, label: 'Mailroom', folder: 'Archive' };
    for (let times = 0; times < 2; times++) expect(await mailbox.mark(`graph:${id}`, mark, never)).toBe(true);
    expect(room.controls.describe(room.user, id)).toMatchObject({
      isRead: true,
      categories: ['Mailroom'],
      folder: 'Archive',
    });
    room.controls.remove(room.user, id);
    expect(await mailbox.mark(`graph:${id}`, mark, never)).toBe(false);
    const [other = ''] = room.deliver('other');
    await expect(mailbox.mark(`graph:${other}`, { ...mark, folder: 'Nowhere' }, never)).rejects.toMatchObject(
      { type: 'NotFound' },
    );
  });

  test('probes every folder and reads nothing', async () => {
    room.deliver('one', 'two');
    const before = room.bodies();
    expect(await room.open({ folders: ['inbox', 'sentitems'] }).probe(never)).toEqual([
      'Inbox: 2 messages',
      'sentitems (Sent Items): 0 messages',
    ]);
    expect(room.bodies()).toBe(before);
    await expect(room.open({ mailbox: 'nobody@example.org' }).probe(never)).rejects.toMatchObject({
      type: 'NotFound',
      fix: expect.stringContaining('mailbox'),
    });
  });

  test('reads the mailbox of whoever signed in', async () => {
    room.controls.deliver('me@example.org', 'inbox', rawMail('mine'));
    expect((await pull(room.open({ mailbox: 'me' }))).items.length).toBeGreaterThan(0);
  });
});
