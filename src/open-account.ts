import type { Account } from './domain/account.ts';
import { ServiceError } from './domain/service-error.ts';
import type { Credentials } from './mail/credentials.ts';
import { openWatchedFolder } from './mail/files/open-watched-folder.ts';
import { openGmailMailbox } from './mail/gmail/open-gmail-mailbox.ts';
import { openGraphMailbox } from './mail/graph/open-graph-mailbox.ts';
import type { ImapConnections } from './mail/imap/create-imap-connections.ts';
import { openImapMailbox } from './mail/imap/open-imap-mailbox.ts';
import type { LiveMailbox } from './mail/mailbox.ts';

/** What the mailboxes of this process share. */
export interface AccountParts {
  /** undefined: each mailbox that is opened has a connection of its own. */
  readonly imapConnections?: ImapConnections;
}

/** The mailbox of an account, by its kind. Throws what the provider throws. */
export async function openAccount(
  account: Account,
  credentials: Credentials,
  parts: AccountParts = {},
): Promise<LiveMailbox> {
  if (account.kind === 'imap' && account.imap !== undefined) {
    const connections = parts.imapConnections;
    const shared = connections && { shared: { connections, accountId: account.id } };
    return openImapMailbox(account.imap, credentials, shared);
  }
  if (account.kind === 'gmail' && account.gmail !== undefined)
    return openGmailMailbox(account.gmail, credentials, { address: account.address });
  if (account.kind === 'graph' && account.graph !== undefined)
    return openGraphMailbox(account.graph, credentials);
  if (account.kind === 'files' && account.files !== undefined) return openWatchedFolder(account.files);
  throw new ServiceError('InvalidInput', `The account "${account.id}" has no mailbox to read`, {
    fix: 'Load files into it with `npm run mailroom -- import PATH`, or let it watch a folder: `account switch`.',
  });
}
