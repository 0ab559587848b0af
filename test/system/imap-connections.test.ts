import { expect, test, vi } from 'vitest';
import { openImapMailbox } from '../../src/mail/imap/open-imap-mailbox.ts';
import { describeUnless } from '../support/describe-unless.ts';
import { findDovecot } from '../support/dovecot/find-dovecot.ts';
import { useDovecot } from '../support/dovecot/use-dovecot.ts';
import {
  BY_PASSWORD,
  listAll,
  pull,
  toMail,
  toMails,
  toRequest,
  toSettings,
} from '../support/imap-account.ts';

const found = findDovecot();
const obstacle = 'skipped' in found ? found.skipped : undefined;
const EVENTUALLY = { timeout: 30_000, interval: 20 };
const signal = (): AbortSignal => new AbortController().signal;

describeUnless(obstacle, 'the connections to IMAP accounts', () => {
  const { getServer, newUser, startProxy, createConnections, share, watch } = useDovecot();

  test('watch, pulls, lists and marks of an account share one connection', async () => {
    const [proxy, connections, user] = [await startProxy(), createConnections(), newUser()];
    await getServer().append(user, 'INBOX', ...toMails(20));
    await getServer().append(user, 'Desk', toMail('desk'));
    const folders = { folders: ['INBOX', 'Desk'] };
    const watched = await share(proxy, connections, user, folders);
    const { seen, stop, outcome } = watch(watched);
    const work = Array.from({ length: 6 }, async (_, i) => {
      const mailbox = await share(proxy, connections, user, folders);
      const { items } = await pull(mailbox, { maxItems: 3 });
      await mailbox.mark(
        items[i]?.providerKey ?? '',
        { seen: true, label: 'Done', folder: undefined },
        signal(),
      );
      await listAll(mailbox);
      await mailbox.close();
      return items.length;
    });
    expect(await Promise.all(work)).toEqual(Array.from({ length: 6 }, () => 21));
    expect(proxy.counts.connections).toBe(1);
    const before = seen.arrivals;
    await getServer().append(user, 'INBOX', toMail('while it is watched'));
    await vi.waitFor(() => expect(seen.arrivals).toBeGreaterThan(before), EVENTUALLY);
    stop();
    expect(await outcome).toBe('ended');
    expect(proxy.counts.connections).toBe(1);
  });

  test('an arrival is told of while nobody pulls, also after a pull and after a deletion', async () => {
    const [proxy, connections, user] = [await startProxy(), createConnections(), newUser()];
    await getServer().append(user, 'INBOX', ...toMails(3));
    const mailbox = await share(proxy, connections, user, { folders: ['INBOX', 'Desk'] });
    const other = await getServer().login(user);
    await other.mailboxCreate('Desk');
    const { seen } = watch(mailbox);
    const arrives = async (act: () => Promise<unknown>): Promise<void> => {
      const before = seen.arrivals;
      await act();
      // The server is asked by itself only after minutes: whatever is seen sooner, it told.
      await vi.waitFor(() => expect(seen.arrivals).toBeGreaterThan(before), EVENTUALLY);
    };
    await arrives(() => getServer().append(user, 'INBOX', toMail('first')));
    await pull(mailbox);
    await arrives(() => getServer().append(user, 'INBOX', toMail('after a pull of two folders')));
    await other.mailboxOpen('INBOX');
    await other.messageDelete('2', { uid: true });
    await arrives(() => getServer().append(user, 'INBOX', toMail('as many as before')));
    const { items } = await pull(mailbox);
    const mark = { seen: true, label: undefined, folder: 'Desk' };
    expect(await mailbox.mark(items[0]?.providerKey ?? '', mark, signal())).toBe(true);
    await arrives(() => getServer().append(user, 'INBOX', toMail('after a move')));
    expect(proxy.counts.connections).toBe(1);
  });

  test('what came while another folder was open is told when the watch takes up again', async () => {
    const [proxy, connections, user] = [await startProxy(), createConnections(), newUser()];
    await getServer().append(user, 'INBOX', toMail('n0'));
    await getServer().append(user, 'Desk', ...toMails(300));
    const mailbox = await share(proxy, connections, user);
    const { seen } = watch(mailbox);
    const desk = await share(proxy, connections, user, { folders: ['Desk'] });
    let arrivals = Number.POSITIVE_INFINITY;
    let appended: Promise<void> | undefined;
    const onProgress = () => {
      arrivals = Math.min(arrivals, seen.arrivals);
      appended ??= getServer().append(user, 'INBOX', toMail('unheard'));
    };
    await pull(desk, { onProgress, maxItems: 20 });
    await appended;
    await vi.waitFor(() => expect(seen.arrivals).toBeGreaterThan(arrivals), EVENTUALLY);
  });

  test('quiet pulls of 300 messages cost some hundred bytes each, and no body', async () => {
    const [proxy, connections, user] = [await startProxy(), createConnections(), newUser()];
    const marker = 'not-to-be-sent-again';
    await getServer().deliver(
      user,
      'INBOX',
      toMails(300).map((mail) => `${mail}${marker}${'x'.repeat(2_000)}\r\n`),
    );
    await getServer().deliver(user, 'Desk', toMails(10));
    let mailbox = await share(proxy, connections, user, { folders: ['INBOX', 'Desk'] });
    const { seen } = watch(mailbox);
    const first = await pull(mailbox);
    expect(first.items).toHaveLength(310);
    expect(proxy.counts.down).toBeGreaterThan(600_000);
    let bodies = 0;
    let fetches = 0;
    proxy.onChunk((chunk, way) => {
      if (way === 'down' && chunk.includes(marker)) bodies += 1;
      if (way === 'up' && /FETCH|SEARCH/.test(chunk.toString('latin1'))) fetches += 1;
    });
    proxy.reset();
    for (let i = 0; i < 30; i++) {
      mailbox = await share(proxy, connections, user, { folders: ['INBOX', 'Desk'] });
      const page = await mailbox.readPage(toRequest({ cursor: first.cursor, since: new Date(0) }));
      expect(page).toMatchObject({ items: [], done: true, cursor: first.cursor, total: 310 });
      await mailbox.close();
    }
    const { connections: opened, up, down } = proxy.counts;
    console.log(`30 quiet pulls of two folders: ${up} bytes up, ${down} bytes down`);
    expect({ bodies, fetches, opened }).toEqual({ bodies: 0, fetches: 0, opened: 0 });
    expect((up + down) / 30).toBeLessThan(2_048);
    expect(seen.arrivals).toBeGreaterThan(0);
  });

  test('30 accounts that are watched and pulled hold one connection each', async () => {
    const [proxy, connections] = [await startProxy(), createConnections()];
    const accounts = Array.from({ length: 30 }, newUser);
    for (const user of accounts) await getServer().deliver(user, 'INBOX', toMails(20));
    const watches = await Promise.all(
      accounts.map(async (user) => watch(await share(proxy, connections, user))),
    );
    const round = (cursors: readonly (string | undefined)[]) =>
      Promise.all(
        accounts.map(async (user, i) => {
          const mailbox = await share(proxy, connections, user);
          const read = await pull(mailbox, { cursor: cursors[i] });
          await mailbox.close();
          return read;
        }),
      );
    const first = await round([]);
    expect(first.flatMap((read) => read.items)).toHaveLength(600);
    const cursors = first.map((read) => read.cursor);
    const { connections: opened, down: loaded } = proxy.counts;
    proxy.reset();
    for (let i = 0; i < 10; i++) expect((await round(cursors)).flatMap((read) => read.items)).toEqual([]);
    const { up, down, connections: again } = proxy.counts;
    console.log(`30 accounts: ${loaded} bytes at first, ${up + down} for 300 quiet pulls`);
    expect({ opened, again, size: connections.size, open: proxy.open }).toEqual({
      opened: 30,
      again: 0,
      size: 30,
      open: 30,
    });
    expect((up + down) / 300).toBeLessThan(1_536);
    expect(watches.every(({ seen }) => seen.arrivals >= 1)).toBe(true);
    await connections.closeAll();
    await vi.waitFor(() => expect(proxy.open).toBe(0), EVENTUALLY);
    for (const { outcome } of watches) expect(await outcome).toMatchObject({ type: 'Unavailable' });
    expect(() => connections.lease('a', toSettings(proxy, 'a'), BY_PASSWORD)).toThrow(/about to stop/);
  });

  test('an unused connection is closed after a while, a used one is not', async () => {
    const [proxy, connections, user] = [await startProxy(), createConnections(30), newUser()];
    const mailbox = await share(proxy, connections, user);
    const { stop, outcome } = watch(mailbox);
    const brief = await share(proxy, connections, user);
    await brief.close();
    await brief.close();
    expect(connections.size).toBe(1);
    await getServer().append(user, 'INBOX', toMail('n0'));
    expect((await pull(mailbox)).subjects).toEqual(['n0']);
    expect(proxy.counts.connections).toBe(1);
    stop();
    expect(await outcome).toBe('ended');
    await mailbox.close();
    await vi.waitFor(() => expect([connections.size, proxy.open]).toEqual([0, 0]), EVENTUALLY);
  });

  test('other settings replace the connection, other folders do not', async () => {
    const [proxy, connections, user] = [await startProxy(), createConnections(), newUser()];
    const before = await share(proxy, connections, user);
    const { outcome } = watch(before);
    await share(proxy, connections, user, { folders: ['INBOX', 'Desk'] });
    expect(proxy.counts.connections).toBe(1);
    const shared = { connections, accountId: user };
    await openImapMailbox(toSettings(proxy, newUser()), BY_PASSWORD, { shared });
    expect(await outcome).toMatchObject({ message: 'The settings of the account changed.' });
    await expect(before.readPage(toRequest())).rejects.toMatchObject({ type: 'Unavailable' });
    await vi.waitFor(() => expect([connections.size, proxy.open]).toEqual([1, 1]), EVENTUALLY);
  });
});
