import type { GraphSettings } from '../../domain/account.ts';
import type { Credentials } from '../credentials.ts';
import type { LiveMailbox } from '../mailbox.ts';
import { checkSettings } from './check-settings.ts';
import { createSession, type SessionOptions } from './create-session.ts';
import { listEntries } from './list-entries.ts';
import { markMessage } from './mark-message.ts';
import { probeFolders } from './probe-folders.ts';
import { readItems } from './read-items.ts';
import { readPage } from './read-page.ts';
import { subscribe } from './subscribe.ts';
import { unsubscribe } from './unsubscribe.ts';

/**
 * The folders of a mailbox in Microsoft 365 (learn.microsoft.com/graph/api/resources/mail-api-overview). Items are
 * known by `graph:<immutable id>`, which stays when a message is moved; the cursor holds a delta link of each folder.
 *
 * Talks to nobody yet. Throws InvalidInput (settings); its methods throw AuthenticationFailed, PermissionDenied,
 * NotFound, RateLimited or Unavailable, the last two with `retryAfterMs` where Graph said how long.
 */
export function openGraphMailbox(
  settings: GraphSettings,
  credentials: Credentials,
  options: SessionOptions = {},
): LiveMailbox {
  const session = createSession(settings, checkSettings(settings, credentials), options);
  return {
    readPage: (request) => readPage(session, request),
    list: (request) => listEntries(session, request),
    readItems: (providerKeys, request) => readItems(session, providerKeys, request),
    mark: (providerKey, mark, signal) => markMessage(session, providerKey, mark, signal),
    probe: (signal) => probeFolders(session, signal),
    subscribe: (current, request) => subscribe(session, current, request),
    unsubscribe: (current, signal) => unsubscribe(session, current, signal),
    close: async () => undefined,
  };
}
