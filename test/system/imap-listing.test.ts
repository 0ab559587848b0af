import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openImapMailbox } from '../../src/mail/imap/open-imap-mailbox.ts';
import { describeUnless } from '../support/describe-unless.ts';
import { findDovecot } from '../support/dovecot/find-dovecot.ts';
import { startDovecot } from '../support/dovecot/start-dovecot.ts';
import { useDovecot } from '../support/dovecot/use-dovecot.ts';
import {
  BY_PASSWORD,
  listAll,
  PASSWORD,
  pull,
  readKeys,
  toMail,
  toMails,
  toRequest,
  toSettings,
  toSubjects,
} from '../support/imap-account.ts';

const found = findDovecot();
const obstacle = 'skipped' in found ? found.skipped : undefined;

describeUnless(obstacle, 'what an IMAP account holds', () => {
  const { getServer, open } = useDovecot();

  test('bodies that are known are not fetched again', async () => {
    const { user, mailbox } = await open();
    await getServer().append(user, 'INBOX', ...toMails(5));
    const { items } = await pull(mailbox);
    const known = new Set(items.filter((_, i) => i !== 2).map((item) => item.providerKey));
    const again = await pull(mailbox, {
      findKnown: (keys) => Promise.resolve(new Set(keys.filter((k) => known.has(k)))),
    });
    expect(again.subjects).toEqual(['n2']);
  });

  test('all messages are listed in pages, and read by their keys in any order', async () => {
    const folder = `Büro ${'ö'.repeat(60)}`;
    const { user, mailbox } = await open({ folders: ['INBOX', folder] });
    await getServer().deliver(user, 'INBOX', toMails(1_200));
    await getServer().append(user, folder, toMail('far', 'x'.repeat(5_000)), toMail('away'));
    const first = await mailbox.readPage(toRequest({ maxItems: 100 }));
    const pages: number[] = [];
    const signal = new AbortController().signal;
    const request = { cursor: first.cursor, since: undefined, signal, onProgress: () => undefined };
    for await (const page of mailbox.list(request)) pages.push(page.length);
    expect(pages).toEqual([1_000, 200, 2]);
    const entries = await listAll(mailbox, { cursor: first.cursor });
    expect(entries.filter((entry) => entry.passed)).toHaveLength(100);
    expect(entries.every((entry) => entry.receivedAt instanceof Date)).toBe(true);
    expect(first.items.map((item) => item.providerKey)).toEqual(
      entries.slice(0, 100).map((entry) => entry.providerKey),
    );
    const [far, away] = entries.slice(-2).map((entry) => entry.providerKey);
    expect(far).toMatch(/^~[0-9a-f]{64};/);
    const other = await getServer().login(user);
    await other.mailboxOpen('INBOX');
    await other.messageDelete('7', { uid: true });
    const keys = [away, entries[6], entries[41], far, entries[5]].map((one) =>
      typeof one === 'object' ? one.providerKey : (one ?? ''),
    );
    const strange = ['INBOX;1;1', 'sha256:00', '~00;1;1', '%zz;1;1'];
    const { items, gone } = await readKeys(mailbox, [...keys, ...strange]);
    expect(toSubjects(items).sort()).toEqual(['away', 'far', 'n41', 'n5']);
    expect([...gone].sort()).toEqual([entries[6]?.providerKey, ...strange].sort());
    expect(items.map((item) => item.providerKey).sort()).toEqual(
      keys.filter((key) => key !== entries[6]?.providerKey).sort(),
    );
    // What did not fit is neither here nor gone.
    const little = await readKeys(
      mailbox,
      [entries[5], entries[41]].flatMap((one) => one?.providerKey ?? []),
      1,
    );
    expect([toSubjects(little.items), little.gone]).toEqual([['n5'], []]);
  });

  test('the probe names what every folder holds and what the server can do', async () => {
    const { user, mailbox } = await open({ folders: ['INBOX', 'Desk'] });
    await getServer().append(user, 'INBOX', ...toMails(2));
    await getServer().append(user, 'Desk', toMail('one'));
    expect(await mailbox.probe(new AbortController().signal)).toEqual([
      'INBOX: 2 messages',
      'Desk: 1 message',
      expect.stringMatching(/IDLE.*CONDSTORE.*QRESYNC.*MOVE/),
    ]);
  });

  test('folders are named with the prefix and the delimiter of the server, or without the prefix', async () => {
    const server = await startDovecot();
    onTestFinished(() => server.stop());
    await server.halt();
    const config = join(server.dir, 'dovecot.conf');
    const dotted = readFileSync(config, 'utf8').replace('separator = /', 'separator = .\n  prefix = INBOX.');
    writeFileSync(config, dotted);
    await server.restart();
    server.addUser('ada', PASSWORD);
    await server.append('ada', 'INBOX', toMail('inbox'));
    await server.append('ada', 'INBOX.Büro.Desk', toMail('desk'));
    const open = async (...folders: string[]) => {
      const mailbox = await openImapMailbox(toSettings(server, 'ada', { folders }), BY_PASSWORD);
      onTestFinished(() => mailbox.close());
      return mailbox;
    };
    for (const name of ['INBOX.Büro.Desk', 'Büro.Desk']) {
      const mailbox = await open('INBOX', name);
      const { subjects, cursor } = await pull(mailbox);
      expect(subjects).toEqual(['inbox', 'desk']);
      expect((await pull(mailbox, { cursor })).items).toEqual([]);
      expect((await listAll(mailbox, { cursor })).every((entry) => entry.passed)).toBe(true);
    }
    for (const shell of ['INBOX.Büro', 'Büro'])
      await expect((await open(shell)).readPage(toRequest())).rejects.toMatchObject({
        type: 'NotFound',
        message: `The folder "${shell}" holds other folders and no messages.`,
        fix: 'Use one of these folders: INBOX, INBOX.Büro.Desk.',
      });
  });
});
