import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import type { ImapSettings } from '../../src/domain/account.ts';
import { createImapConnections, type ImapConnections } from '../../src/mail/imap/create-imap-connections.ts';
import { openImapMailbox } from '../../src/mail/imap/open-imap-mailbox.ts';
import type { LiveMailbox } from '../../src/mail/mailbox.ts';
import { describeUnless } from '../support/describe-unless.ts';
import { findDovecot } from '../support/dovecot/find-dovecot.ts';
import { type Dovecot, startDovecot } from '../support/dovecot/start-dovecot.ts';
import {
  BY_PASSWORD,
  listAll,
  PASSWORD,
  pull,
  toMail,
  toMails,
  toRequest,
  toSettings,
} from '../support/imap-account.ts';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';

const found = findDovecot();
const obstacle = 'skipped' in found ? found.skipped : undefined;
const EVENTUALLY = { timeout: 10_000, interval: 20 };

describeUnless(obstacle, 'the connections to IMAP accounts', () => {
  let server: Dovecot;
  let users = 0;

  beforeAll(async () => {
    server = await startDovecot();
  });
  afterAll(async () => {
    await server.stop();
  });

  function newUser(): string {
    const user = `user${++users}`;
    server.addUser(user, PASSWORD);
    return user;
  }

  async function startProxy(): Promise<TcpProxy> {
    const proxy = await startTcpProxy(server);
    onTestFinished(() => proxy.stop());
    return proxy;
  }

  function createConnections(lingerMs?: number): ImapConnections {
    const connections = createImapConnections(lingerMs === undefined ? {} : { lingerMs });
    onTestFinished(() => connections.closeAll());
    return connections;
  }

  function share(
    proxy: TcpProxy,
    connections: ImapConnections,
    user: string,
    changes: Partial<ImapSettings> = {},
  ): Promise<LiveMailbox> {
    const shared = { connections, accountId: user };
    return openImapMailbox(toSettings(proxy, user, changes), BY_PASSWORD, { shared });
  }

  function watch(mailbox: LiveMailbox) {
    const stop = new AbortController();
    const seen = { arrivals: 0 };
    const ended = mailbox.watch?.({ signal: stop.signal, onArrival: () => (seen.arrivals += 1) });
    const outcome = (ended ?? Promise.resolve()).then(
      () => 'ended' as const,
      (error: unknown) => error,
    );
    onTestFinished(() => stop.abort());
    return { seen, outcome, stop: () => stop.abort() };
  }

  test('watch, pulls, lists and marks of an account share one connection', async () => {
    const [proxy, connections, user] = [await startProxy(), createConnections(), newUser()];
    await server.append(user, 'INBOX', ...toMails(20));
    await server.append(user, 'Desk', toMail('desk'));
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
    await server.append(user, 'INBOX', toMail('while it is watched'));
    await vi.waitFor(() => expect(seen.arrivals).toBeGreaterThan(before), EVENTUALLY);
    stop();
    expect(await outcome).toBe('ended');
    expect(proxy.counts.connections).toBe(1);
  });

  test('an arrival is told within two seconds, also after a pull and after a deletion', async () => {
    const [proxy, connections, user] = [await startProxy(), createConnections(), newUser()];
    await server.append(user, 'INBOX', ...toMails(3));
    const mailbox = await share(proxy, connections, user, { folders: ['INBOX', 'Desk'] });
    const other = await server.login(user);
    await other.mailboxCreate('Desk');
    const { seen } = watch(mailbox);
    const arrives = async (act: () => Promise<unknown>): Promise<number> => {
      const before = seen.arrivals;
      await act();
      const startedAt = performance.now();
      await vi.waitFor(() => expect(seen.arrivals).toBeGreaterThan(before), EVENTUALLY);
      return performance.now() - startedAt;
    };
    const waits: number[] = [];
    waits.push(await arrives(() => server.append(user, 'INBOX', toMail('first'))));
    await pull(mailbox);
    waits.push(await arrives(() => server.append(user, 'INBOX', toMail('after a pull of two folders'))));
    await other.mailboxOpen('INBOX');
    await other.messageDelete('2', { uid: true });
    waits.push(await arrives(() => server.append(user, 'INBOX', toMail('as many as before'))));
    const { items } = await pull(mailbox);
    const mark = { seen: true, label: undefined, folder: 'Desk' };
    expect(await mailbox.mark(items[0]?.providerKey ?? '', mark, signal())).toBe(true);
    waits.push(await arrives(() => server.append(user, 'INBOX', toMail('after a move'))));
    console.log(`IDLE to arrival: ${waits.map((ms) => ms.toFixed(0)).join(', ')} ms`);
    expect(Math.max(...waits)).toBeLessThan(2_000);
    expect(proxy.counts.connections).toBe(1);
  });

  test('what came while another folder was open is told when the watch takes up again', async () => {
    const [proxy, connections, user] = [await startProxy(), createConnections(), newUser()];
    await server.append(user, 'INBOX', toMail('n0'));
    await server.append(user, 'Desk', ...toMails(300));
    const mailbox = await share(proxy, connections, user);
    const { seen } = watch(mailbox);
    const desk = await share(proxy, connections, user, { folders: ['Desk'] });
    let arrivals = Number.POSITIVE_INFINITY;
    let appended: Promise<void> | undefined;
    const onProgress = () => {
      arrivals = Math.min(arrivals, seen.arrivals);
      appended ??= server.append(user, 'INBOX', toMail('unheard'));
    };
    await pull(desk, { onProgress, maxItems: 20 });
    await appended;
    await vi.waitFor(() => expect(seen.arrivals).toBeGreaterThan(arrivals), EVENTUALLY);
  });

  test('quiet pulls of 300 messages cost some hundred bytes each, and no body', async () => {
    const [proxy, connections, user] = [await startProxy(), createConnections(), newUser()];
    const marker = 'not-to-be-sent-again';
    await server.deliver(
      user,
      'INBOX',
      toMails(300).map((mail) => `${mail}${marker}${'x'.repeat(2_000)}\r\n`),
    );
    await server.deliver(user, 'Desk', toMails(10));
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
    for (const user of accounts) await server.deliver(user, 'INBOX', toMails(20));
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
    await server.append(user, 'INBOX', toMail('n0'));
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

  test('a watch rejects when the connection is lost, and the next one has a new connection', async () => {
    const [proxy, connections, user] = [await startProxy(), createConnections(), newUser()];
    const mailbox = await share(proxy, connections, user);
    const first = watch(mailbox);
    await vi.waitFor(() => expect(proxy.counts.down).toBeGreaterThan(0), EVENTUALLY);
    proxy.cutAll();
    expect(await first.outcome).toMatchObject({ type: 'Unavailable' });
    const second = watch(mailbox);
    await server.append(user, 'INBOX', toMail('after the cut'));
    await vi.waitFor(() => expect(second.seen.arrivals).toBeGreaterThan(0), EVENTUALLY);
    expect((await pull(mailbox)).subjects).toEqual(['after the cut']);
    expect(proxy.counts.connections).toBe(2);
    second.stop();
    expect(await second.outcome).toBe('ended');
  });

  test('a cut in the middle of a FETCH loses and repeats nothing', async () => {
    const [proxy, connections, user] = [await startProxy(), createConnections(), newUser()];
    await server.deliver(
      user,
      'INBOX',
      toMails(40).map((mail) => `${mail}${'x'.repeat(10_000)}\r\n`),
    );
    proxy.setFate((index) => (index < 3 ? { cutAfterDown: 60_000 * (index + 1) } : undefined));
    const mailbox = await share(proxy, connections, user);
    const subjects: (string | undefined)[] = [];
    let cursor: string | undefined;
    for (let done = false; !done; ) {
      const page = await pull(mailbox, { cursor, maxItems: 15 }).catch((error: unknown) => error);
      if (page instanceof Error) {
        expect(page).toMatchObject({ type: 'Unavailable' });
        continue;
      }
      const { cursor: next, subjects: read } = page as Awaited<ReturnType<typeof pull>>;
      subjects.push(...read);
      cursor = next;
      done = true;
    }
    expect(proxy.faults).toBe(3);
    expect(subjects.sort()).toEqual(Array.from({ length: 40 }, (_, i) => `n${i}`).sort());
  });

  test('a server that hangs in the middle of a message holds up nobody who stops', async () => {
    const [proxy, connections, user] = [await startProxy(), createConnections(), newUser()];
    await server.deliver(
      user,
      'INBOX',
      toMails(20).map((mail) => `${mail}${'x'.repeat(10_000)}\r\n`),
    );
    proxy.setFate(() => ({ stallAfterDown: 50_000 }));
    const mailbox = await share(proxy, connections, user);
    const { stop, outcome } = watch(mailbox);
    const cancel = new AbortController();
    const reading = mailbox.readPage(toRequest({ signal: cancel.signal })).catch((error: unknown) => error);
    await vi.waitFor(() => expect(proxy.faults).toBe(1), EVENTUALLY);
    const startedAt = performance.now();
    cancel.abort(new Error('cancelled'));
    stop();
    expect(await reading).toMatchObject({ message: 'cancelled' });
    expect(await outcome).toBe('ended');
    await mailbox.close();
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });

  test('a server that cannot be reached is not asked again at once', async () => {
    const [proxy, connections, user] = [await startProxy(), createConnections(), newUser()];
    proxy.setFate(() => ({ refuse: true }));
    for (let i = 0; i < 6; i++)
      await expect(share(proxy, connections, user)).rejects.toMatchObject({ type: 'Unavailable' });
    expect(proxy.counts.connections).toBe(2);
    await expect(share(proxy, connections, user)).rejects.toMatchObject({ retryAfterMs: expect.any(Number) });
    proxy.setFate(undefined);
    await vi.waitFor(() => share(proxy, connections, user), EVENTUALLY);
  });

  function signal(): AbortSignal {
    return new AbortController().signal;
  }
});
