import { ServiceError } from '../../domain/service-error.ts';
import type { ListRequest, MailboxEntry } from '../mailbox.ts';
import type { GmailSession } from './create-gmail-session.ts';
import type { LabelBook } from './create-label-book.ts';
import { type GmailCursor, parseCursor } from './gmail-cursor.ts';
import { listAllIds } from './list-ids.ts';
import { toProviderKey } from './provider-key.ts';
import { readHistory } from './read-history.ts';
import { toAfter } from './to-after.ts';

const PAGE = 500;
const OLD = 'It came before the days that are looked back.';

/**
 * Every message of the chosen labels, by ids alone: which of them are drafts, chats, sent or older than the look-back
 * of each label's first sight is asked by further lists, and what the cursor is not past yet by the history since.
 * Spam and bin are not listed. Ends with NotFound when a label is gone: the list is not whole.
 */
export async function* listEntries(
  session: GmailSession,
  book: LabelBook,
  request: ListRequest,
): AsyncGenerator<readonly MailboxEntry[]> {
  const { signal } = request;
  const cursor = request.cursor === undefined ? undefined : parseCursor(request.cursor);
  const { labels, missing } = await book.getChosen(signal);
  const chosen = new Set(labels.map(({ id }) => id));
  const found = new Set<string>();
  const recent = new Set<string>();
  const skipped = new Map<string, string>();
  const list = (labelIds: readonly string[], after?: number) =>
    listAllIds(session, { labelIds, after }, signal, () => request.onProgress(found.size));
  const skip = (ids: Iterable<string>, reason: string) => {
    for (const id of ids) skipped.set(id, reason);
  };

  for (const { id: label } of labels) {
    const all = await list([label]);
    for (const id of all) found.add(id);
    if (all.size === 0) continue;
    const after = findAfter(cursor, label, request.since);
    for (const id of after === undefined ? all : await list([label], after)) recent.add(id);
    skip(await list([label, 'DRAFT']), 'It is a draft.');
    skip(await list([label, 'CHAT']), 'It is a chat.');
    if (chosen.has('SENT') || label === 'INBOX') continue;
    const received = await list([label, 'SENT', 'INBOX']);
    const sent = [...(await list([label, 'SENT']))].filter((id) => !received.has(id));
    skip(sent, 'It was sent from here.');
  }
  // After the lists: what came meanwhile is in both.
  const isPassed = await findPassed(session, cursor, chosen, signal);
  const ids = [...found];
  for (let at = 0; at < ids.length; at += PAGE) {
    yield ids.slice(at, at + PAGE).map((id) => ({
      providerKey: toProviderKey(id),
      receivedAt: undefined,
      label: `Gmail message ${id}`,
      passed: isPassed(id),
      skipped: skipped.get(id) ?? (recent.has(id) ? undefined : OLD),
    }));
    request.onProgress(Math.min(ids.length, at + PAGE));
  }
  if (missing !== undefined) throw missing;
}

/** As the label was listed at first sight. The days that are looked back move on: what is missing must not slip out. */
function findAfter(
  cursor: GmailCursor | undefined,
  label: string,
  since: Date | undefined,
): number | undefined {
  return cursor?.firstAfter.has(label) ? cursor.firstAfter.get(label) : toAfter(since);
}

/** While labels are still being listed, or the history is lost, nothing can be said to be passed. */
async function findPassed(
  session: GmailSession,
  cursor: GmailCursor | undefined,
  chosen: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<(id: string) => boolean> {
  const nothing = () => false;
  if (cursor === undefined) return nothing;
  if (cursor.listings.length > 0 || [...chosen].some((id) => !cursor.labelIds.includes(id))) return nothing;
  const ahead = new Set(cursor.pending);
  let { historyId } = cursor;
  for (;;) {
    try {
      const page = await readHistory(session, historyId, chosen, PAGE, signal);
      for (const id of page.arrived) ahead.add(id);
      if (page.complete || page.historyId === historyId) return (id) => !ahead.has(id);
      historyId = page.historyId;
    } catch (error) {
      if (error instanceof ServiceError && error.type === 'NotFound') return nothing;
      throw error;
    }
  }
}
