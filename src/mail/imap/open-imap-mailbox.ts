import type { ImapSettings } from '../../domain/account.ts';
import type { Credentials } from '../credentials.ts';
import type { LiveMailbox } from '../mailbox.ts';
import { checkSettings } from './check-settings.ts';
import type { ConnectOptions } from './connect.ts';
import type { ImapConnections, ImapLease } from './create-imap-connections.ts';
import { createSession } from './create-session.ts';
import { listEntries } from './list-entries.ts';
import { markMessage } from './mark-message.ts';
import { probeFolders } from './probe-folders.ts';
import { readItems } from './read-items.ts';
import { readPage } from './read-page.ts';
import { watchFolders } from './watch-folders.ts';

export interface ImapOptions extends ConnectOptions {
  /** The connection is shared with whatever else this process does with the account; undefined: its own. */
  readonly shared?: { readonly connections: ImapConnections; readonly accountId: string };
}

/**
 * The folders of an IMAP account (RFC 9051 and RFC 3501) as one mailbox; only `mark` writes. Items are known by
 * `folder;uidvalidity;uid`; the cursor holds UIDVALIDITY and the last consumed UID of each folder.
 *
 * Connects at once, unless a shared connection is there. Throws InvalidInput (settings, TLS), AuthenticationFailed
 * with the server's words, Unavailable; reading throws NotFound, with the folders there are, for a folder that is gone.
 */
export async function openImapMailbox(
  settings: ImapSettings,
  credentials: Credentials,
  options: ImapOptions = {},
): Promise<LiveMailbox> {
  checkSettings(settings, credentials);
  const { session, close } = toLease(settings, credentials, options);
  const { folders } = settings;
  try {
    await session.run(undefined, () => Promise.resolve());
  } catch (error) {
    await close();
    throw error;
  }
  return {
    readPage: (request) => readPage(session, folders, request),
    list: (request) => listEntries(session, folders, request),
    readItems: (keys, request) => readItems(session, folders, keys, request),
    mark: (key, mark, signal) => markMessage(session, folders, key, mark, signal),
    probe: (signal) => probeFolders(session, folders, signal),
    watch: (request) => watchFolders(session, folders, request),
    close,
  };
}

function toLease(
  settings: ImapSettings,
  credentials: Credentials,
  { shared, ...options }: ImapOptions,
): { readonly session: ImapLease['session']; readonly close: () => Promise<void> } {
  if (shared === undefined) {
    const session = createSession(settings, credentials, options);
    return { session, close: () => session.close() };
  }
  const lease = shared.connections.lease(shared.accountId, settings, credentials, options);
  return { session: lease.session, close: () => Promise.resolve(lease.release()) };
}
