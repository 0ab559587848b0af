import { createImapConnections } from '../../../src/mail/imap/create-imap-connections.ts';
import { openImapMailbox } from '../../../src/mail/imap/open-imap-mailbox.ts';
import { startDovecot } from '../dovecot/start-dovecot.ts';
import { BY_PASSWORD, PASSWORD, toSettings } from '../imap-account.ts';
import { startTcpProxy, type TcpProxy } from '../tcp-proxy.ts';
import { createChunkCut } from './create-chunk-cut.ts';
import { countMarks, KILL_LABEL, type KillServer, toKillAccount } from './kill-mailbox.ts';

/** A real Dovecot; a request is what a client writes at one time. */
export async function startKillImap(): Promise<KillServer> {
  const dovecot = await startDovecot();
  const connections = createImapConnections();
  const proxies: TcpProxy[] = [];
  return {
    async create(id) {
      const proxy = await startTcpProxy(dovecot);
      proxies.push(proxy);
      dovecot.addUser(id, PASSWORD);
      const settings = toSettings(proxy, id);
      return {
        account: toKillAccount(id, { kind: 'imap', imap: settings }),
        deliver: (messages) => dovecot.append(id, 'INBOX', ...messages),
        async look() {
          const client = await dovecot.login(id);
          const found = [];
          for (const { path } of await client.list()) {
            const { exists } = await client.mailboxOpen(path, { readOnly: true });
            if (exists === 0) continue;
            for await (const { flags } of client.fetch('1:*', { flags: true })) {
              const seen = flags?.has('\\Seen') === true;
              found.push({ folder: path, seen, labelled: flags?.has(KILL_LABEL) === true });
            }
          }
          return countMarks(found);
        },
        open: ({ id: accountId, imap = settings }) =>
          openImapMailbox(imap, BY_PASSWORD, { shared: { connections, accountId } }),
        cut: createChunkCut(proxy),
      };
    },
    async stop() {
      await connections.closeAll();
      await Promise.all(proxies.map((proxy) => proxy.stop()));
      await dovecot.stop();
    },
  };
}
