import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { openImapMailbox } from '../../src/mail/imap/open-imap-mailbox.ts';
import type { MailboxMark } from '../../src/mail/mailbox.ts';
import { describeUnless } from '../support/describe-unless.ts';
import { findDovecot } from '../support/dovecot/find-dovecot.ts';
import { type Dovecot, startDovecot } from '../support/dovecot/start-dovecot.ts';
import { BY_PASSWORD, PASSWORD, pull, toMail, toMails, toSettings } from '../support/imap-account.ts';

const found = findDovecot();
const obstacle = 'skipped' in found ? found.skipped : undefined;
const NOTHING: MailboxMark = { seen: false, label: undefined, folder: undefined };

describeUnless(obstacle, 'what is written back into an IMAP account', () => {
  let server: Dovecot;
  let users = 0;

  beforeAll(async () => {
    server = await startDovecot();
  });
  afterAll(async () => {
    await server.stop();
  });

  async function open(folders: readonly string[] = ['INBOX']) {
    const user = `user${++users}`;
    server.addUser(user, PASSWORD);
    await server.append(user, 'INBOX', ...toMails(3));
    const mailbox = await openImapMailbox(toSettings(server, user, { folders }), BY_PASSWORD);
    onTestFinished(() => mailbox.close());
    const { items, cursor } = await pull(mailbox);
    const keys = items.map((item) => item.providerKey);
    const mark = (key: string | undefined, changes: Partial<MailboxMark>) =>
      mailbox.mark(key ?? '', { ...NOTHING, ...changes }, new AbortController().signal);
    const look = async (folder: string) => {
      const other = await server.login(user);
      await other.mailboxOpen(folder, { readOnly: true });
      const all = await other.fetchAll('1:*', { flags: true, envelope: true });
      return Object.fromEntries(
        all.map((one) => [
          one.envelope?.subject,
          [...(one.flags ?? [])].filter((flag) => flag !== '\\Recent').sort(),
        ]),
      );
    };
    return { user, mailbox, keys, cursor, mark, look };
  }

  test('seen and label are set on that message alone, twice is once, and the next pull is read-only again', async () => {
    const { mailbox, keys, cursor, mark, look, user } = await open();
    for (let i = 0; i < 2; i++)
      expect(await mark(keys[1], { seen: true, label: 'Bearbeitet für Ada' })).toBe(true);
    expect(await look('INBOX')).toEqual({ n0: [], n1: ['Bearbeitet_fur_Ada', '\\Seen'], n2: [] });
    await server.append(user, 'INBOX', toMail('n3'));
    expect((await pull(mailbox, { cursor })).subjects).toEqual(['n3']);
    expect(await look('INBOX')).toMatchObject({ n0: [], n2: [], n3: [] });
  });

  test('a message is moved with its marks into a folder that is made for it', async () => {
    const { keys, mark, look } = await open();
    expect(await mark(keys[0], { seen: true, label: '$Done', folder: 'Archiv/Bücher & Co' })).toBe(true);
    expect(await mark(keys[2], { folder: 'Archiv/Bücher & Co' })).toBe(true);
    expect(await look('INBOX')).toEqual({ n1: [] });
    expect(await look('Archiv/Bücher & Co')).toEqual({ n0: ['$Done', '\\Seen'], n2: [] });
    expect(await mark(keys[0], { folder: 'Archiv/Bücher & Co' })).toBe(false);
  });

  test('a message that lies in the folder already stays', async () => {
    const { keys, mark, look } = await open();
    for (const folder of ['INBOX', 'Inbox']) expect(await mark(keys[0], { folder })).toBe(true);
    expect(Object.keys(await look('INBOX'))).toEqual(['n0', 'n1', 'n2']);
  });

  test('what is gone is told as gone: message, folder, numbering, key', async () => {
    const { user, keys, mark } = await open();
    const other = await server.login(user);
    await other.mailboxOpen('INBOX');
    await other.messageDelete('2', { uid: true });
    expect(await mark(keys[1], { seen: true })).toBe(false);
    for (const key of [keys[0]?.replace(/;\d+;/, ';7;'), 'Nowhere;1;1', 'sha256:00', ''])
      expect(await mark(key, { seen: true })).toBe(false);
  });

  test('a label without a letter is refused, and so is a name that no folder can have', async () => {
    const { keys, mark, look } = await open();
    await expect(mark(keys[0], { seen: true, label: '受信' })).rejects.toMatchObject({
      type: 'InvalidInput',
      fix: expect.stringContaining('Latin letters'),
    });
    await expect(mark(keys[0], { folder: 'a//b' })).rejects.toMatchObject({
      type: 'InvalidInput',
      message: expect.stringMatching(/does not make the folder "a\/\/b": \w/),
    });
    expect(Object.keys(await look('INBOX'))).toEqual(['n0', 'n1', 'n2']);
  });
});
