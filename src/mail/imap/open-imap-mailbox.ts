import type { ImapSettings } from '../../domain/account.ts';
import type { Mailbox } from '../mailbox.ts';
import { checkSettings } from './check-settings.ts';
import { createSession } from './create-session.ts';
import { readPage } from './read-page.ts';

/**
 * The folders of an IMAP account (RFC 9051 and RFC 3501) as one mailbox, read-only. Items are known by
 * `folder;uidvalidity;uid`; the cursor holds UIDVALIDITY and the last consumed UID of each folder.
 *
 * Connects at once. Throws InvalidInput (settings, TLS), AuthenticationFailed with the server's words,
 * Unavailable; reading throws NotFound, with the folders there are, for a folder that is gone.
 */
export async function openImapMailbox(settings: ImapSettings, secret: string): Promise<Mailbox> {
  checkSettings(settings, secret);
  const session = await createSession(settings, secret);
  return { readPage: (request) => readPage(session, request), close: () => session.close() };
}
