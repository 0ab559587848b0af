import type { DrillRoom } from './open-drill-room.ts';
import { PASSWORD, POOR_USERS, toOAuth } from './start-providers.ts';

export type ProviderName = 'imap' | 'poor' | 'graph' | 'gmail';

/** One mailbox of a provider, and the account that reads it. */
export interface DrillMailbox {
  readonly accountId: string;
  readonly provider: ProviderName;
  readonly address: string;
  /** Puts messages into the INBOX, as somebody's mail server would. */
  deliver(messages: readonly Buffer[], receivedAt?: Date): Promise<void>;
  /** What `POST /api/accounts` is asked for. */
  readonly account: Readonly<Record<string, unknown>>;
}

const EVERY_SECONDS = 30;

function toAccount(accountId: string, address: string, connection: Record<string, unknown>) {
  return {
    id: accountId,
    name: accountId,
    address,
    mode: 'hybrid',
    pullEverySeconds: EVERY_SECONDS,
    ...connection,
  };
}

export function createImapMailbox(
  { providers }: Pick<DrillRoom, 'providers'>,
  user: string,
  proxy: { readonly host: string; readonly port: number } = providers.dovecotProxy,
): DrillMailbox {
  const { dovecot } = providers;
  dovecot.addUser(user, PASSWORD);
  const address = `${user}@drill.example`;
  return {
    accountId: user,
    provider: 'imap',
    address,
    deliver: (messages, receivedAt) => dovecot.deliver(user, 'INBOX', messages, receivedAt),
    account: toAccount(user, address, {
      kind: 'imap',
      imap: { host: proxy.host, port: proxy.port, security: 'none', username: user },
      secret: PASSWORD,
    }),
  };
}

/** On the poor server; none when it cannot be run here. */
export function createPoorMailboxes({ providers }: Pick<DrillRoom, 'providers'>): DrillMailbox[] {
  const { greenmail } = providers;
  if (greenmail === undefined) return [];
  const { server, proxy } = greenmail;
  return POOR_USERS.map((user) => ({
    accountId: user,
    provider: 'poor',
    address: `${user}@drill.example`,
    deliver: (messages) => server.append(user, 'INBOX', ...messages),
    account: toAccount(user, `${user}@drill.example`, {
      kind: 'imap',
      imap: { host: proxy.host, port: proxy.port, security: 'none', username: user },
      secret: PASSWORD,
    }),
  }));
}

export function createGraphMailbox({ providers }: Pick<DrillRoom, 'providers'>, id: string): DrillMailbox {
  const { graph, tokens } = providers;
  const address = `${id}@drill.example`;
  graph.controls.addMailbox(address);
  return {
    accountId: id,
    provider: 'graph',
    address,
    async deliver(messages) {
      for (const message of messages) graph.controls.deliver(address, 'inbox', message);
    },
    account: toAccount(id, address, {
      kind: 'graph',
      graph: { mailbox: address, folders: ['inbox'], baseUrl: graph.baseUrl },
      oauth: toOAuth(tokens, 'graph'),
      secret: 'drill',
    }),
  };
}

export function createGmailMailbox({ providers }: Pick<DrillRoom, 'providers'>, id: string): DrillMailbox {
  const { gmail, tokens } = providers;
  const address = `${id}@drill.example`;
  const mailbox = gmail.addMailbox(address, id);
  return {
    accountId: id,
    provider: 'gmail',
    address,
    async deliver(messages, receivedAt) {
      for (const message of messages)
        mailbox.deliver(message, ['INBOX', 'UNREAD'], (receivedAt ?? new Date()).getTime());
    },
    account: toAccount(id, address, {
      kind: 'gmail',
      gmail: { baseUrl: gmail.url, topic: 'projects/drill/topics/mail' },
      oauth: toOAuth(tokens, id),
      secret: 'drill',
    }),
  };
}

export async function addAccounts(room: DrillRoom, mailboxes: readonly DrillMailbox[]): Promise<void> {
  for (const { account } of mailboxes) await room.call('POST', '/accounts', account);
}
