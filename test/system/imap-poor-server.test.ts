import { connect } from 'node:net';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import type { ImapSettings } from '../../src/domain/account.ts';
import { createImapConnections } from '../../src/mail/imap/create-imap-connections.ts';
import { openImapMailbox } from '../../src/mail/imap/open-imap-mailbox.ts';
import type { LiveMailbox, MailboxMark } from '../../src/mail/mailbox.ts';
import { describeUnless } from '../support/describe-unless.ts';
import { findGreenmail } from '../support/greenmail/find-greenmail.ts';
import { type Greenmail, startGreenmail } from '../support/greenmail/start-greenmail.ts';
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
import { startTcpProxy } from '../support/tcp-proxy.ts';
import { startSocketServer } from '../unit/mailbox/fake-imap.ts';

const found = findGreenmail();
const obstacle = 'skipped' in found ? `skipped: ${found.skipped}` : undefined;
const USERS = Array.from({ length: 8 }, (_, i) => `user${i}@example.com`);
const NOTHING: MailboxMark = { seen: false, label: undefined, folder: undefined };
const signal = (): AbortSignal => new AbortController().signal;

describeUnless(
  obstacle,
  'an IMAP server without CONDSTORE, QRESYNC, STARTTLS and NAMESPACE (GreenMail)',
  () => {
    let server: Greenmail;
    let used = 0;

    beforeAll(async () => {
      server = await startGreenmail(Object.fromEntries(USERS.map((user) => [user, PASSWORD])));
    });
    afterAll(async () => {
      await server.stop();
    });

    const newUser = (): string => USERS[used++] ?? '';

    async function open(user: string, changes: Partial<ImapSettings> = {}): Promise<LiveMailbox> {
      const mailbox = await openImapMailbox(toSettings(server, user, changes), BY_PASSWORD);
      onTestFinished(() => mailbox.close());
      return mailbox;
    }

    test('is read, listed and read on; what left is not told', async () => {
      const user = newUser();
      await server.append(user, 'INBOX', ...toMails(30));
      await server.append(user, 'Desk', toMail('desk'));
      const mailbox = await open(user, { folders: ['INBOX', 'Desk'] });
      const first = await pull(mailbox, { maxItems: 7 });
      expect(first.subjects).toEqual([...Array.from({ length: 30 }, (_, i) => `n${i}`), 'desk']);
      const other = await server.login(user);
      await other.mailboxOpen('INBOX');
      await other.messageDelete('30', { uid: true });
      await server.append(user, 'INBOX', toMail('later'));
      const second = await pull(mailbox, { cursor: first.cursor });
      expect(second).toMatchObject({ subjects: ['later'], gone: [], tellsGone: false });
      const entries = await listAll(mailbox, { cursor: first.cursor });
      expect([entries.length, entries.filter((entry) => !entry.passed).length]).toEqual([31, 1]);
      const keys = first.items.slice(28, 31).map((item) => item.providerKey);
      expect(toSubjects((await readKeys(mailbox, keys)).items)).toEqual(['n28', 'desk']);
      expect(await mailbox.probe(signal())).toEqual([
        'INBOX: 30 messages',
        'Desk: 1 message',
        expect.stringMatching(/offers IDLE.*; it lacks CONDSTORE, QRESYNC/),
      ]);
    });

    test('looks back by day and second, and reads later what is older', async () => {
      const user = newUser();
      const other = await server.login(user);
      const daysAgo = (days: number) => new Date(Date.now() - days * 24 * 60 * 60 * 1000);
      await other.append('INBOX', toMail('old'), [], daysAgo(30));
      await other.append('INBOX', toMail('new'), [], daysAgo(1));
      const mailbox = await open(user);
      const first = await pull(mailbox, { since: daysAgo(7) });
      expect(first.subjects).toEqual(['new']);
      await other.append('INBOX', toMail('old, and moved in'), [], daysAgo(30));
      expect((await pull(mailbox, { cursor: first.cursor, since: daysAgo(7) })).subjects).toEqual([
        'old, and moved in',
      ]);
    });

    test('tells of arrivals, and quiet pulls cost little, all on one connection', async () => {
      const user = newUser();
      const proxy = await startTcpProxy(server);
      onTestFinished(() => proxy.stop());
      const connections = createImapConnections();
      onTestFinished(() => connections.closeAll());
      await server.append(user, 'INBOX', ...toMails(50));
      const share = () =>
        openImapMailbox(toSettings(proxy, user), BY_PASSWORD, { shared: { connections, accountId: user } });
      const mailbox = await share();
      const stop = new AbortController();
      let arrivals = 0;
      const watched = mailbox.watch?.({ signal: stop.signal, onArrival: () => (arrivals += 1) });
      const { cursor } = await pull(mailbox);
      proxy.reset();
      for (let i = 0; i < 20; i++) {
        const page = await (await share()).readPage(toRequest({ cursor }));
        expect(page).toMatchObject({ items: [], done: true, cursor });
      }
      const { up, down } = proxy.counts;
      expect((up + down) / 20).toBeLessThan(1_024);
      const before = arrivals;
      const startedAt = performance.now();
      await server.append(user, 'INBOX', toMail('arrives'));
      await vi.waitFor(() => expect(arrivals).toBeGreaterThan(before), { timeout: 30_000, interval: 20 });
      console.log(`GreenMail, IDLE to arrival: ${(performance.now() - startedAt).toFixed(0)} ms`);
      expect((await pull(mailbox, { cursor })).subjects).toEqual(['arrives']);
      expect(proxy.counts.connections).toBe(0);
      stop.abort();
      await watched;
    });

    test('is marked and moved in', async () => {
      const user = newUser();
      await server.append(user, 'INBOX', ...toMails(3));
      const mailbox = await open(user);
      const keys = (await pull(mailbox)).items.map((item) => item.providerKey);
      expect(await mailbox.mark(keys[0] ?? '', { ...NOTHING, seen: true }, signal())).toBe(true);
      expect(await mailbox.mark(keys[1] ?? '', { ...NOTHING, seen: true, folder: 'Done' }, signal())).toBe(
        true,
      );
      expect(await mailbox.mark(keys[1] ?? '', { ...NOTHING, folder: 'Done' }, signal())).toBe(false);
      const other = await server.login(user);
      await other.mailboxOpen('INBOX', { readOnly: true });
      const flags = await other.fetchAll('1:*', { flags: true });
      expect(flags.map((one) => one.flags?.has('\\Seen'))).toEqual([true, false]);
      expect((await other.status('Done', { messages: true })) || {}).toMatchObject({ messages: 1 });
    });

    test('and without MOVE takes nothing away that was not copied: what a person marked as deleted, too', async () => {
      const user = newUser();
      await server.append(user, 'INBOX', ...toMails(3));
      const port = await startSocketServer((client) => {
        const upstream = connect(server.port, server.host);
        client.pipe(upstream).on('data', (chunk: Buffer) => {
          client.write(chunk.toString('latin1').replace(/ MOVE\b/, ' ----'), 'latin1');
        });
        upstream.on('close', () => client.destroy());
      });
      const mailbox = await open(user, { port });
      const { items } = await pull(mailbox);
      const mark = (n: number) =>
        mailbox.mark(items[n]?.providerKey ?? '', { ...NOTHING, folder: 'Done' }, signal());
      const other = await server.login(user);
      await other.mailboxOpen('INBOX');
      await other.messageFlagsAdd('1', ['\\Deleted'], { uid: true });
      await other.messageFlagsAdd('3', ['\\Deleted'], { uid: true });
      expect([await mark(0), await mark(1)]).toEqual([true, true]);
      const subjectsOf = async (folder: string) => {
        await other.mailboxOpen(folder, { readOnly: true });
        return (await other.fetchAll('1:*', { envelope: true })).map((one) => one.envelope?.subject);
      };
      expect([await subjectsOf('Done'), await subjectsOf('INBOX')]).toEqual([['n0', 'n1'], ['n2']]);
    });

    test('gets no password without STARTTLS, and its words are told', async () => {
      const user = newUser();
      await expect(
        openImapMailbox(toSettings(server, user, { security: 'starttls' }), BY_PASSWORD),
      ).rejects.toMatchObject({ type: 'InvalidInput', message: expect.stringContaining('STARTTLS') });
      const wrong = { kind: 'password', password: 'wrong-secret' } as const;
      const failure: unknown = await openImapMailbox(toSettings(server, user), wrong).catch(
        (e: unknown) => e,
      );
      expect(failure).toMatchObject({
        type: 'AuthenticationFailed',
        message: expect.stringContaining('LOGIN failed. Invalid login/password'),
      });
      expect(String(failure)).not.toContain('wrong-secret');
    });
  },
);
