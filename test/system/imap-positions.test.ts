import { expect, test } from 'vitest';
import { describeUnless } from '../support/describe-unless.ts';
import { findDovecot } from '../support/dovecot/find-dovecot.ts';
import { useDovecot } from '../support/dovecot/use-dovecot.ts';
import { listAll, pull, readKeys, toMail, toMails, toRequest, toSubjects } from '../support/imap-account.ts';

const found = findDovecot();
const obstacle = 'skipped' in found ? found.skipped : undefined;
const DAY_MS = 24 * 60 * 60 * 1000;
const daysAgo = (days: number): Date => new Date(Math.floor((Date.now() - days * DAY_MS) / 1000) * 1000);

describeUnless(obstacle, 'how far an IMAP account was read', () => {
  const { getServer, open } = useDovecot();

  test('at first sight only what the look-back takes in is read, to the second', async () => {
    const { user, mailbox } = await open();
    const since = daysAgo(7);
    await getServer().deliver(user, 'INBOX', [toMail('ancient')], daysAgo(400));
    await getServer().deliver(user, 'INBOX', [toMail('a second before')], new Date(since.getTime() - 1000));
    await getServer().deliver(user, 'INBOX', [toMail('on the second')], since);
    await getServer().deliver(user, 'INBOX', [toMail('fresh')]);
    const first = await pull(mailbox, { since: new Date(since.getTime() + 400) });
    expect(first.subjects.sort()).toEqual(['fresh', 'on the second']);
    expect((await pull(mailbox, { cursor: first.cursor, since })).items).toEqual([]);
  });

  test('new mail comes before the backfill of a folder that was switched on', async () => {
    const { user, mailbox, reopen } = await open();
    await getServer().append(user, 'INBOX', toMail('known'));
    await getServer().append(user, 'Desk', ...['a', 'b', 'c', 'd', 'e'].map((name) => toMail(name)));
    const { cursor } = await pull(mailbox);
    const both = await reopen({ folders: ['Desk', 'INBOX'] });
    const first = await both.readPage(toRequest({ cursor, maxItems: 2 }));
    expect(toSubjects(first.items)).toEqual(['a', 'b']);
    await getServer().append(user, 'INBOX', toMail('fresh'));
    const second = await both.readPage(toRequest({ cursor: first.cursor, maxItems: 2 }));
    expect(toSubjects(second.items)).toEqual(['fresh', 'c']);
    expect((await pull(both, { cursor: second.cursor, maxItems: 2 })).subjects).toEqual(['d', 'e']);
  });

  test('an old message that is moved in later is read, whatever its date', async () => {
    const { user, mailbox } = await open();
    await getServer().deliver(user, 'INBOX', [toMail('left alone')], daysAgo(90));
    await getServer().deliver(user, 'Elsewhere', [toMail('moved in')], daysAgo(90));
    const first = await pull(mailbox, { since: daysAgo(7) });
    expect(first.items).toEqual([]);
    const other = await getServer().login(user);
    await other.mailboxOpen('Elsewhere');
    await other.messageMove('1:*', 'INBOX');
    const second = await pull(mailbox, { cursor: first.cursor, since: daysAgo(7) });
    expect(second.subjects).toEqual(['moved in']);
    expect(second.items[0]?.receivedAt?.getTime()).toBeLessThan(daysAgo(89).getTime());
  });

  test('the look-back goes on page by page, also when the old and the new alternate', async () => {
    const { user, mailbox } = await open();
    for (let i = 0; i < 12; i++)
      await getServer()
        .append(user, 'INBOX', toMail(`n${i}`))
        .then(() => undefined);
    const other = await getServer().login(user);
    await other.mailboxOpen('INBOX');
    for (let i = 0; i < 12; i++)
      await other.append(
        'INBOX',
        toMail(i % 3 === 0 ? `new${i}` : `old${i}`),
        [],
        i % 3 === 0 ? daysAgo(1) : daysAgo(30),
      );
    const since = daysAgo(7);
    const read = await pull(mailbox, { since, maxItems: 5 });
    expect(read.subjects).toEqual([
      ...Array.from({ length: 12 }, (_, i) => `n${i}`),
      'new0',
      'new3',
      'new6',
      'new9',
    ]);
    const entries = await listAll(mailbox, { cursor: read.cursor });
    expect(entries).toHaveLength(24);
    expect(entries.every((entry) => entry.passed)).toBe(true);
    expect(entries.filter((entry) => entry.skipped !== undefined)).toHaveLength(8);
  });

  test('a folder that is chosen later is read from its own look-back on', async () => {
    const { user, mailbox, reopen } = await open();
    await getServer().append(user, 'INBOX', toMail('inbox'));
    await getServer().append(user, 'Desk', ...toMails(3));
    const first = await pull(mailbox, { since: daysAgo(7) });
    expect(first.subjects).toEqual(['inbox']);
    const more = await reopen({ folders: ['Desk', 'INBOX'] });
    const listed = await listAll(more, { cursor: first.cursor, since: daysAgo(7) });
    expect(listed.map((entry) => entry.passed)).toEqual([false, false, false, true]);
    const second = await pull(more, { cursor: first.cursor, since: daysAgo(7) });
    expect(second.subjects).toEqual(['n0', 'n1', 'n2']);
    expect((await pull(more, { cursor: second.cursor })).items).toEqual([]);
  });

  test('a folder that is gone holds up neither the progress of the others nor is it passed over', async () => {
    const { user, reopen } = await open();
    await getServer().deliver(user, 'INBOX', [toMail('too old')], daysAgo(90));
    const mailbox = await reopen({ folders: ['Gone', 'INBOX'] });
    const since = daysAgo(7);
    const page = await mailbox.readPage(toRequest({ since }));
    // Nothing to read, and yet it must be kept that the folder was seen.
    expect(page).toMatchObject({ items: [], done: false });
    await expect(mailbox.readPage(toRequest({ cursor: page.cursor, since }))).rejects.toMatchObject({
      type: 'NotFound',
      message: 'There is no folder "Gone".',
    });
    const entries: string[] = [];
    const listed: string[] = [];
    const listing = (async () => {
      const request = { cursor: page.cursor, since, signal: new AbortController().signal };
      const onListed = (folder: string) => void listed.push(folder);
      for await (const some of mailbox.list({ ...request, onProgress: () => undefined, onListed }))
        entries.push(...some.map((entry) => entry.label));
    })();
    await expect(listing).rejects.toMatchObject({ type: 'NotFound' });
    expect([entries, listed]).toEqual([['INBOX, UID 1'], ['INBOX']]);
    await expect(mailbox.probe(new AbortController().signal)).rejects.toMatchObject({ type: 'NotFound' });
  });

  test('a name that only holds other folders is told as such, and the others are read', async () => {
    const { user, reopen } = await open();
    await getServer().append(user, 'INBOX', toMail('inbox'));
    await getServer().append(user, 'Shelf/Desk', toMail('desk'));
    const mailbox = await reopen({ folders: ['Shelf', 'INBOX', 'Shelf/Desk'] });
    const page = await mailbox.readPage(toRequest());
    expect(toSubjects(page.items)).toEqual(['inbox', 'desk']);
    const failure = {
      type: 'NotFound',
      message: 'The folder "Shelf" holds other folders and no messages.',
      fix: 'Use one of these folders: INBOX, Shelf/Desk.',
    };
    await expect(mailbox.readPage(toRequest({ cursor: page.cursor }))).rejects.toMatchObject(failure);
    await expect(mailbox.probe(new AbortController().signal)).rejects.toMatchObject(failure);
  });

  test('another UIDVALIDITY is looked back on again, and nothing of it counts as passed', async () => {
    const { user, mailbox } = await open({ folders: ['Desk'] });
    await getServer().append(user, 'Desk', ...toMails(3));
    const before = await pull(mailbox);
    const other = await getServer().login(user);
    await other.mailboxDelete('Desk');
    await getServer().deliver(user, 'Desk', [toMail('restored, old')], daysAgo(90));
    await getServer().deliver(user, 'Desk', [toMail('restored, fresh')]);
    const since = daysAgo(7);
    const entries = await listAll(mailbox, { cursor: before.cursor, since });
    expect(entries.map((entry) => [entry.passed, entry.skipped !== undefined])).toEqual([
      [false, true],
      [false, false],
    ]);
    const after = await pull(mailbox, { cursor: before.cursor, since });
    expect(after.subjects).toEqual(['restored, fresh']);
    expect(after.gone).toEqual([]);
    const keys = before.items.map((item) => item.providerKey);
    expect(await readKeys(mailbox, keys)).toEqual({ items: [], gone: keys });
  });

  test('what was read and then deleted is told, once, with QRESYNC', async () => {
    const { user, mailbox, reopen } = await open({ folders: ['INBOX', 'Desk'] });
    await getServer().append(user, 'INBOX', ...toMails(6));
    await getServer().append(user, 'Desk', ...toMails(2, 6));
    const first = await pull(mailbox);
    expect(first).toMatchObject({ gone: [], tellsGone: true });
    const other = await getServer().login(user);
    await other.mailboxOpen('INBOX');
    await other.messageDelete('2,4', { uid: true });
    await other.mailboxOpen('Desk');
    await other.messageMove('1', 'INBOX', { uid: true });
    // By another process too: it is all in the cursor.
    const second = await pull(await reopen(), { cursor: first.cursor });
    expect(second.gone.map((key) => key.replace(/;\d+;/, ' '))).toEqual(['INBOX 2', 'INBOX 4', 'Desk 1']);
    expect(first.items.map((item) => item.providerKey)).toEqual(expect.arrayContaining(second.gone));
    expect(second.subjects).toEqual(['n6']);
    expect(await pull(mailbox, { cursor: second.cursor })).toMatchObject({ gone: [], cursor: second.cursor });
  });

  test('a message that comes and goes between two pulls is nobody’s loss', async () => {
    const { user, mailbox } = await open();
    await getServer().append(user, 'INBOX', toMail('stays'));
    const first = await pull(mailbox);
    await getServer().append(user, 'INBOX', toMail('comes and goes'));
    const other = await getServer().login(user);
    await other.mailboxOpen('INBOX');
    await other.messageDelete('2', { uid: true });
    await getServer().append(user, 'INBOX', toMail('stays too'));
    const second = await pull(mailbox, { cursor: first.cursor });
    expect(second.subjects).toEqual(['stays too']);
    expect(second.gone).toEqual([]);
  });

  test('a cursor from before the look-back is read on', async () => {
    const { user, mailbox } = await open();
    await getServer().append(user, 'INBOX', ...toMails(3));
    const { cursor } = await pull(mailbox);
    const { folders } = JSON.parse(cursor) as { folders: { INBOX: { uidValidity: string } } };
    const { uidValidity } = folders.INBOX;
    const old = JSON.stringify({ kind: 'imap', folders: { INBOX: { uidValidity, lastUid: 2 } } });
    expect((await pull(mailbox, { cursor: old, since: new Date(Date.now() + DAY_MS) })).subjects).toEqual([
      'n2',
    ]);
  });
});
