import { describe, expect, test } from 'vitest';
import type { LiveMailbox, MailboxItem, PageRequest } from '../../../src/mail/mailbox.ts';
import { startGmail } from '../../support/gmail/open-gmail.ts';
import { pageRequest, readAll } from './read-all.ts';

const mail = (name: string, body = 'Hello\r\n'): string =>
  `From: ada@example.com\r\nSubject: ${name}\r\n\r\n${body}`;
const subjects = (items: readonly MailboxItem[]): string[] =>
  items.map(({ raw }) => /^Subject: (.*)\r$/m.exec(Buffer.from(raw ?? []).toString('latin1'))?.[1] ?? '-');
const DAY_MS = 86_400_000;

/** Reads on to the end; also what went. */
async function pull(mailbox: LiveMailbox, given: Partial<PageRequest> & { known?: Set<string> } = {}) {
  const { known = new Set(), ...changes } = given;
  const items: MailboxItem[] = [];
  const gone: string[] = [];
  let { cursor } = changes;
  for (let pages = 0; pages < 1_000; pages++) {
    const page = await mailbox.readPage(pageRequest({ ...changes, cursor }));
    items.push(...page.items);
    for (const { providerKey } of page.items) known.add(providerKey);
    gone.push(...(page.gone ?? []));
    cursor = page.cursor;
    if (page.done) return { items, gone, cursor };
  }
  throw new Error('The mailbox never ends');
}

describe('reading a Gmail mailbox', () => {
  test('all of it at first sight, byte for byte, newest first, each page the same when it is read again', async () => {
    const { mailbox, open } = await startGmail();
    const ids = Array.from({ length: 23 }, (_, i) =>
      mailbox.deliver(mail(`n${i}`), undefined, 1_000_000 + i),
    );
    mailbox.deliver(Buffer.from([0xff, 0xfe, 0x0d, 0x0a, 0x0d, 0x0a, 0x80]), undefined, 1);
    const items = await readAll(await open(), { maxItems: 7 });
    expect(subjects(items).slice(0, 23)).toEqual(Array.from({ length: 23 }, (_, i) => `n${22 - i}`));
    expect([...(items.at(-1)?.raw ?? [])]).toEqual([0xff, 0xfe, 0x0d, 0x0a, 0x0d, 0x0a, 0x80]);
    expect(items[0]).toMatchObject({
      providerKey: `gmail:${ids[22]}`,
      receivedAt: new Date(1_000_022),
      fault: undefined,
    });
  });

  test('then only what is new, and the position of a quiet mailbox stays as it is', async () => {
    const { fake, mailbox, open } = await startGmail();
    mailbox.deliver(mail('old'));
    const account = await open();
    const { cursor } = await pull(account);
    mailbox.deliver(mail('new'));
    const second = await pull(account, { cursor });
    expect(subjects(second.items)).toEqual(['new']);
    const before = fake.counts.get('GET messagesraw');
    const third = await pull(account, { cursor: second.cursor });
    expect(third).toEqual({ items: [], gone: [], cursor: second.cursor });
    expect(fake.counts.get('GET messagesraw')).toBe(before);
  });

  test('mail that comes during a backfill does not wait for its end, and none is lost or read twice', async () => {
    const { mailbox, open } = await startGmail();
    for (let i = 0; i < 12; i++) mailbox.deliver(mail(`old${i}`), undefined, 1_000 + i);
    const account = await open();
    const first = await account.readPage(pageRequest({ maxItems: 5 }));
    mailbox.deliver(mail('fresh'));
    const { items } = await pull(account, { cursor: first.cursor, maxItems: 5 });
    const all = subjects([...first.items, ...items]);
    expect(all.sort()).toEqual(['fresh', ...Array.from({ length: 12 }, (_, i) => `old${i}`)].sort());
  });

  test('what came before the days that are looked back is left alone', async () => {
    const { mailbox, open } = await startGmail();
    const now = Date.now();
    mailbox.deliver(mail('ancient'), undefined, now - 10 * DAY_MS);
    mailbox.deliver(mail('recent'), undefined, now - DAY_MS);
    const { items } = await pull(await open(), { since: new Date(now - 2 * DAY_MS) });
    expect(subjects(items)).toEqual(['recent']);
  });

  test('drafts, chats, own answers, spam and the bin are no inbound mail; a mail to oneself is', async () => {
    const { mailbox, open } = await startGmail();
    const support = mailbox.addLabel('Support');
    const settings = { labels: ['INBOX', 'support'] };
    const account = await open(settings);
    const { cursor } = await pull(account);
    mailbox.deliver(mail('draft'), ['DRAFT', support]);
    mailbox.deliver(mail('chat'), ['CHAT', 'INBOX']);
    mailbox.deliver(mail('own answer'), ['SENT', support]);
    mailbox.deliver(mail('spam'), ['SPAM', support]);
    mailbox.deliver(mail('bin'), ['TRASH', support]);
    mailbox.deliver(mail('elsewhere'), ['SENT']);
    mailbox.deliver(mail('to myself'), ['SENT', 'INBOX']);
    mailbox.deliver(mail('labelled'), [support]);
    expect(subjects((await pull(account, { cursor })).items)).toEqual(['to myself', 'labelled']);
    expect(subjects((await pull(await open(settings))).items).sort()).toEqual(['labelled', 'to myself']);
    expect(subjects((await pull(await open({ labels: ['SPAM'] }))).items)).toEqual(['spam']);
  });

  test('a message that gets the label later is read; one that loses it or is deleted is told as gone', async () => {
    const { mailbox, open } = await startGmail();
    const support = mailbox.addLabel('Support');
    const moved = mailbox.deliver(mail('moved in'), []);
    const [a = '', b = '', c = '', d = ''] = ['a', 'b', 'c', 'd'].map((name) => mailbox.deliver(mail(name)));
    const account = await open({ labels: ['INBOX', 'Support'] });
    const { cursor } = await pull(account);
    mailbox.relabel(moved, [support]);
    mailbox.remove(a);
    mailbox.relabel(b, ['TRASH'], ['INBOX']);
    mailbox.relabel(c, [], ['UNREAD']);
    mailbox.relabel(d, [support], ['INBOX']);
    const fleeting = mailbox.deliver(mail('fleeting'));
    mailbox.remove(fleeting);
    const { items, gone } = await pull(account, {
      cursor,
      findKnown: async () => new Set([`gmail:${d}`]),
    });
    expect(subjects(items)).toEqual(['moved in']);
    expect(gone.sort()).toEqual([a, b, fleeting].map((id) => `gmail:${id}`).sort());
  });

  test('pages of history without a record are gone through to what comes behind them', async () => {
    const { mailbox, open } = await startGmail();
    const account = await open();
    const { cursor } = await pull(account);
    const id = mailbox.deliver(mail('behind'));
    mailbox.emptyHistoryPages = 3;
    expect(subjects((await pull(account, { cursor })).items)).toEqual(['behind']);
    mailbox.emptyHistoryPages = 2;
    const request = { cursor, since: undefined, signal: pageRequest().signal, onProgress: () => undefined };
    for await (const entries of account.list(request)) {
      expect(entries).toMatchObject([{ providerKey: `gmail:${id}`, passed: false }]);
    }
  });

  test('a label that is switched on later is read from its beginning', async () => {
    const { mailbox, open } = await startGmail();
    const later = mailbox.addLabel('Later');
    mailbox.deliver(mail('first'));
    mailbox.deliver(mail('archived'), [later]);
    const { cursor } = await pull(await open());
    const { items } = await pull(await open({ labels: ['INBOX', 'Later'] }), { cursor });
    expect(subjects(items)).toEqual(['archived']);
  });

  test('a label that is gone does not hold up the others and is named at the end', async () => {
    const { mailbox, open } = await startGmail();
    mailbox.deliver(mail('there'));
    const account = await open({ labels: ['INBOX', 'Gone'] });
    const page = await account.readPage(pageRequest());
    expect(subjects(page.items)).toEqual(['there']);
    await expect(account.readPage(pageRequest({ cursor: page.cursor }))).rejects.toMatchObject({
      type: 'NotFound',
      message: 'The mailbox has no label "Gone".',
      fix: expect.stringContaining('INBOX'),
    });
  });

  test('an expired history loses nothing: pinned, listed from the last sync, known mail is not fetched', async () => {
    const { fake, mailbox, open } = await startGmail();
    for (let i = 0; i < 8; i++) mailbox.deliver(mail(`known${i}`));
    const account = await open();
    const first = await pull(account);
    const known = new Set(first.items.map(({ providerKey }) => providerKey));
    mailbox.deliver(mail('in the gap'));
    mailbox.expireHistory();
    const before = fake.counts.get('GET messagesraw') ?? 0;
    const findKnown = async (keys: readonly string[]) => new Set(keys.filter((key) => known.has(key)));
    const again = await account.readPage(pageRequest({ cursor: first.cursor, findKnown }));
    for (const { providerKey } of again.items) known.add(providerKey);
    mailbox.deliver(mail('right after'));
    const rest = await pull(account, { cursor: again.cursor, findKnown, known });
    expect(subjects([...again.items, ...rest.items]).sort()).toEqual(['in the gap', 'right after']);
    expect((fake.counts.get('GET messagesraw') ?? 0) - before).toBe(2);
  });

  test('an outage that was longer than the look-back widens it, with a day to spare', async () => {
    const { mailbox, open } = await startGmail();
    const now = Date.now();
    const account = await open();
    const { cursor } = await pull(account, { since: new Date(now - DAY_MS) });
    const stale = JSON.stringify({ ...JSON.parse(cursor), syncedAt: new Date(now - 20 * DAY_MS) });
    mailbox.deliver(mail('before'), undefined, now - 30 * DAY_MS);
    mailbox.deliver(mail('late'), undefined, now - 20.5 * DAY_MS);
    mailbox.deliver(mail('during'), undefined, now - 10 * DAY_MS);
    mailbox.expireHistory();
    const { items } = await pull(account, { cursor: stale, since: new Date(now - DAY_MS) });
    expect(subjects(items)).toEqual(['during', 'late']);
  });

  test('history that expires during a backfill begins it anew, and the rest is still read', async () => {
    const { mailbox, open } = await startGmail();
    mailbox.mostListed = 10;
    for (let i = 0; i < 25; i++) mailbox.deliver(mail(`n${i}`), undefined, 1_000 + i);
    const account = await open();
    const first = await account.readPage(pageRequest({ since: new Date(0) }));
    expect(first.done).toBe(false);
    mailbox.expireHistory();
    const { items } = await pull(account, { cursor: first.cursor, since: new Date() });
    const all = new Set([...first.items, ...items].map(({ providerKey }) => providerKey));
    expect([first.items.length, all.size]).toEqual([10, 25]);
  });

  test('a message above the limit is not loaded and becomes a fault; so does an empty one', async () => {
    const { mailbox, open } = await startGmail();
    mailbox.deliver(mail('huge', 'x'.repeat(400_000)), undefined, 3);
    mailbox.deliver(mail('just over', 'x'.repeat(100_000)), undefined, 2);
    mailbox.deliver('', undefined, 1);
    const { items } = await pull(await open(), { maxMessageBytes: 100_000 });
    expect(items.map(({ raw, fault }) => [raw, fault?.type])).toEqual([
      [undefined, 'InvalidInput'],
      [undefined, 'InvalidInput'],
      [undefined, 'InvalidInput'],
    ]);
    expect(items[0]?.fault?.reason).toMatch(/^It has about 400\d+ bytes; the limit is 100000\.$/);
  });

  test('a page ends once it is full of bytes, and the rest comes with the next', async () => {
    const { fake, mailbox, open } = await startGmail();
    for (let i = 0; i < 20; i++) mailbox.deliver(mail(`n${i}`, 'x'.repeat(10_000)), undefined, i);
    const account = await open();
    const page = await account.readPage(pageRequest({ maxBytes: 30_000 }));
    expect(page.items.length).toBe(5);
    expect(page.done).toBe(false);
    expect((await pull(account, { cursor: page.cursor })).items.length).toBe(15);
    expect(fake.mostAtOnce()).toBeLessThanOrEqual(5);
  });

  test('a position of another provider is refused', async () => {
    const { open } = await startGmail();
    const account = await open();
    for (const cursor of ['{"kind":"imap","folders":{}}', 'x', '{"kind":"gmail","historyId":"-1"}', 'null']) {
      await expect(account.readPage(pageRequest({ cursor }))).rejects.toMatchObject({ type: 'InvalidInput' });
    }
  });
});
