import type { MailboxPage, PageRequest } from '../mailbox.ts';
import { advanceCursor, pinCursor } from './advance-cursor.ts';
import type { GmailOptions, GmailSession } from './create-gmail-session.ts';
import type { LabelBook } from './create-label-book.ts';
import { formatCursor, type GmailCursor, parseCursor } from './gmail-cursor.ts';
import { toProviderKey } from './provider-key.ts';
import { readMessages } from './read-messages.ts';

/**
 * One page: what changed, then what is still to be listed of the labels, so that new mail never waits for a
 * backfill. Ids that were seen and not handed over stay in the cursor; a page that was cut short by a failure
 * keeps what it has, and the next one fails.
 */
export async function readPage(
  session: GmailSession,
  book: LabelBook,
  request: PageRequest,
  options: GmailOptions = {},
): Promise<MailboxPage> {
  const { signal } = request;
  const { labels, missing } = await book.getChosen(signal);
  const chosen = new Set(labels.map(({ id }) => id));
  const stored =
    request.cursor === undefined ? await pinCursor(session, chosen, request) : parseCursor(request.cursor);
  const advance =
    stored.pending.length > 0
      ? { cursor: stored, left: [], exhausted: false }
      : await advanceCursor(session, stored, chosen, request);
  const wanted = await dropKnown(advance.cursor.pending, request);
  const read = await readMessages(session, wanted, chosen, request, options);
  const left = new Set([...advance.left, ...read.left]);
  const cursor: GmailCursor = { ...advance.cursor, pending: read.rest };
  const done = advance.exhausted && read.rest.length === 0;
  const isEmpty = read.items.length === 0 && left.size === 0;
  // A label that is gone does not hold up the others: the page after the last message fails.
  if (done && missing !== undefined && isEmpty) throw missing;
  const waitMs = session.getWaitMs();
  return {
    items: read.items,
    cursor: formatCursor(cursor),
    done: done && missing === undefined,
    total: undefined,
    ...(done || waitMs === 0 ? {} : { waitMs }),
    ...(left.size === 0 ? {} : { gone: [...left].map(toProviderKey) }),
  };
}

async function dropKnown(ids: readonly string[], { findKnown }: PageRequest): Promise<readonly string[]> {
  if (findKnown === undefined || ids.length === 0) return ids;
  const known = await findKnown(ids.map(toProviderKey));
  return ids.filter((id) => !known.has(toProviderKey(id)));
}
