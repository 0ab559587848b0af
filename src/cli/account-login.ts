import type { Account } from '../domain/account.ts';
import { ServiceError } from '../domain/service-error.ts';

/** Logs in once, so that a wrong password is told where it was typed. */
export async function tryLogin({ id, imap }: Pick<Account, 'id' | 'imap'>, secret: string): Promise<void> {
  if (imap === undefined) {
    throw new ServiceError('InvalidInput', `Account "${id}" holds imports and has no password`, {
      fix: 'Name an account that is read: `npm run mailroom -- account list`.',
    });
  }
  const { openImapMailbox } = await import('../mail/imap/open-imap-mailbox.ts');
  await (await openImapMailbox(imap, { kind: 'password', password: secret })).close();
}
