import { expect, onTestFinished, test, vi } from 'vitest';
import { openImapMailbox } from '../../src/mail/imap/open-imap-mailbox.ts';
import { describeUnless } from '../support/describe-unless.ts';
import { findDovecot } from '../support/dovecot/find-dovecot.ts';
import { useDovecot } from '../support/dovecot/use-dovecot.ts';
import { BY_PASSWORD, pull, toMail, toMails, toRequest, toSettings } from '../support/imap-account.ts';
import { toSeededFates } from '../support/tcp-proxy.ts';

const found = findDovecot();
const obstacle = 'skipped' in found ? found.skipped : undefined;
const EVENTUALLY = { timeout: 20_000, interval: 20 };

describeUnless(obstacle, 'connections to IMAP accounts that fail', () => {
  const { getServer, newUser, startProxy, createConnections, share, watch } = useDovecot();

  test('a watch rejects when the connection is lost, and the next one has a new connection', async () => {
    const [proxy, connections, user] = [await startProxy(), createConnections(), newUser()];
    const mailbox = await share(proxy, connections, user);
    const first = watch(mailbox);
    await vi.waitFor(() => expect(proxy.counts.down).toBeGreaterThan(0), EVENTUALLY);
    proxy.cutAll();
    expect(await first.outcome).toMatchObject({ type: 'Unavailable' });
    const second = watch(mailbox);
    await getServer().append(user, 'INBOX', toMail('after the cut'));
    await vi.waitFor(() => expect(second.seen.arrivals).toBeGreaterThan(0), EVENTUALLY);
    expect((await pull(mailbox)).subjects).toEqual(['after the cut']);
    expect(proxy.counts.connections).toBe(2);
    second.stop();
    expect(await second.outcome).toBe('ended');
  });

  test('a cut in the middle of a FETCH loses and repeats nothing', async () => {
    const [proxy, connections, user] = [await startProxy(), createConnections(), newUser()];
    await getServer().deliver(
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

  test.each([1, 2, 3])(
    'connections that break as they like lose and repeat nothing (seed %i)',
    async (seed) => {
      const [proxy, user] = [await startProxy(), newUser()];
      await getServer().deliver(
        user,
        'INBOX',
        toMails(150).map((mail) => `${mail}${'x'.repeat(4_000)}\r\n`),
      );
      const toFate = toSeededFates(seed, { rate: 1, maxBytes: 100_000 });
      proxy.setFate((index) => (index < 15 ? toFate(index) : undefined));
      const keys: string[] = [];
      let cursor: string | undefined;
      for (let done = false; !done; ) {
        try {
          const mailbox = await openImapMailbox(toSettings(proxy, user), BY_PASSWORD);
          onTestFinished(() => mailbox.close());
          const page = await mailbox.readPage(toRequest({ cursor, maxItems: 20 }));
          keys.push(...page.items.map((item) => item.providerKey));
          expect(page.items.filter((item) => item.fault !== undefined)).toEqual([]);
          ({ cursor, done } = page);
        } catch (error) {
          expect(error).toMatchObject({ type: 'Unavailable' });
        }
      }
      expect(proxy.faults).toBeGreaterThan(0);
      expect(keys).toHaveLength(150);
      expect(new Set(keys).size).toBe(150);
    },
  );

  test('a server that hangs in the middle of a message holds up nobody who stops', async () => {
    const [proxy, connections, user] = [await startProxy(), createConnections(), newUser()];
    await getServer().deliver(
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
    // The connection stays silent: waiting for it would take a minute, far more than a test may.
    cancel.abort(new Error('cancelled'));
    stop();
    expect(await reading).toMatchObject({ message: 'cancelled' });
    expect(await outcome).toBe('ended');
    await mailbox.close();
  });

  test.each(['before', 'after'] as const)(
    'a network that drops all in silence %s the IDLE is taken up ends the watch soon',
    async (when) => {
      const [proxy, user] = [await startProxy(), newUser()];
      const fate = { stallAfterDown: Number.POSITIVE_INFINITY };
      let reachesIdle = false;
      proxy.setFate(() => fate);
      const open = () => openImapMailbox(toSettings(proxy, user), BY_PASSWORD, { silenceMs: 1_000 });
      const mailbox = await vi.waitFor(open, EVENTUALLY);
      onTestFinished(() => mailbox.close());
      proxy.onChunk((chunk, way) => {
        const sign = when === 'before' ? /IDLE\r\n$/ : /^\+ idling/;
        if (way !== (when === 'before' ? 'up' : 'down') || !sign.test(chunk.toString('latin1'))) return;
        reachesIdle = true;
        queueMicrotask(() => Object.assign(fate, { stallAfterDown: 0 }));
      });
      // A loaded machine may be silent for a second before that: then it is watched once more.
      const outcome = await vi.waitFor(async () => {
        const ended = await watch(mailbox).outcome;
        expect(reachesIdle).toBe(true);
        return ended;
      }, EVENTUALLY);
      expect(outcome).toMatchObject({ type: 'Unavailable' });
      proxy.onChunk(undefined);
      fate.stallAfterDown = Number.POSITIVE_INFINITY;
      const page = await vi.waitFor(() => mailbox.readPage(toRequest()), EVENTUALLY);
      expect(page).toMatchObject({ items: [], done: true });
    },
  );

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
});
