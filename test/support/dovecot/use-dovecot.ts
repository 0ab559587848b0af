import { afterAll, beforeAll, onTestFinished } from 'vitest';
import type { ImapSettings } from '../../../src/domain/account.ts';
import {
  createImapConnections,
  type ImapConnections,
} from '../../../src/mail/imap/create-imap-connections.ts';
import { openImapMailbox } from '../../../src/mail/imap/open-imap-mailbox.ts';
import type { LiveMailbox } from '../../../src/mail/mailbox.ts';
import { BY_PASSWORD, PASSWORD, toSettings } from '../imap-account.ts';
import { startTcpProxy, type TcpProxy } from '../tcp-proxy.ts';
import { type Dovecot, startDovecot } from './start-dovecot.ts';

/** A server for the suite that calls this, accounts on it behind a proxy, and watches; all ended with their test. */
export function useDovecot() {
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

  /** An account, its mailbox, and another of the same account, with other settings if need be. */
  async function open(changes: Partial<ImapSettings> = {}, user = newUser()) {
    const reopen = async (settings: Partial<ImapSettings> = changes): Promise<LiveMailbox> => {
      const mailbox = await openImapMailbox(toSettings(server, user, settings), BY_PASSWORD);
      onTestFinished(() => mailbox.close());
      return mailbox;
    };
    return { user, reopen, mailbox: await reopen() };
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

  return { getServer: () => server, newUser, open, startProxy, createConnections, share, watch };
}
