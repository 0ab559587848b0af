import type { Account } from './domain/account.ts';
import { ServiceError } from './domain/service-error.ts';
import type { Credentials } from './mail/credentials.ts';
import { openGmailMailbox } from './mail/gmail/open-gmail-mailbox.ts';
import { openImapMailbox } from './mail/imap/open-imap-mailbox.ts';
import type { Mailbox } from './mail/mailbox.ts';

/** The mailbox of an account, by its kind. Throws what the provider throws. */
export async function openAccount(account: Account, credentials: Credentials): Promise<Mailbox> {
  if (account.kind === 'imap' && account.imap !== undefined && credentials.kind === 'password')
    return openImapMailbox(account.imap, credentials.password);
  if (account.kind === 'gmail' && account.gmail !== undefined)
    return openGmailMailbox(account.gmail, credentials);
  throw new ServiceError('InvalidInput', `An account of kind ${account.kind} cannot be pulled`, {
    fix: 'Pull IMAP and Gmail accounts; load files with `npm run mailroom -- import PATH`.',
  });
}
