import type { GmailSettings } from '../../domain/account.ts';
import { ServiceError } from '../../domain/service-error.ts';
import type { Credentials } from '../credentials.ts';
import type { LiveMailbox } from '../mailbox.ts';
import { createGmailSession, type GmailOptions } from './create-gmail-session.ts';
import { createLabelBook } from './create-label-book.ts';
import { listEntries } from './list-entries.ts';
import { markMessage } from './mark-message.ts';
import { probeLabels } from './probe-labels.ts';
import { readItems } from './read-items.ts';
import { readPage } from './read-page.ts';
import { stopWatch, watchLabels } from './watch-labels.ts';

/**
 * The labels of a Gmail account as one mailbox, over the Gmail API. Items are known by `gmail:<id>`; the cursor
 * holds the id of the last change that was consumed, and what is still to be listed. Connects to nothing yet.
 *
 * Throws InvalidInput (settings); reading throws AuthenticationFailed with Google's words, PermissionDenied,
 * RateLimited, Unavailable, and NotFound, with the labels there are, for a label that is gone.
 */
export async function openGmailMailbox(
  settings: GmailSettings,
  credentials: Credentials,
  options: GmailOptions = {},
): Promise<LiveMailbox> {
  if (settings.labels.length === 0) {
    throw new ServiceError('InvalidInput', 'No label is named.', { fix: 'Name at least one label: INBOX.' });
  }
  const session = await createGmailSession(settings, credentials, options.address);
  const book = createLabelBook(session);
  const { topic } = settings;
  return {
    readPage: (request) => readPage(session, book, request, options),
    list: (request) => listEntries(session, book, request),
    readItems: (providerKeys, request) => readItems(session, providerKeys, request, options),
    mark: (providerKey, mark, signal) => markMessage(session, book, providerKey, mark, signal),
    probe: (signal, cursor) => probeLabels(session, book, cursor, signal),
    ...(topic === undefined
      ? {}
      : {
          subscribe: (current, { signal }) => watchLabels(session, book, topic, current, signal),
          unsubscribe: (_current, signal) => stopWatch(session, signal),
        }),
    close: async () => undefined,
  };
}
