import { ServiceError } from '../../domain/service-error.ts';
import type { ListRequest, MailboxEntry } from '../mailbox.ts';
import type { GmailSession } from './create-gmail-session.ts';
import type { LabelBook } from './create-label-book.ts';
import { type GmailCursor, parseCursor } from './gmail-cursor.ts';
import { listAllIds } from './list-ids.ts';
import { toProviderKey } from './provider-key.ts';
import { readHistory } from './read-history.ts';

const PAGE = 500;

/**
 * Every message of the chosen labels, by ids alone: which of them are drafts, chats, sent or older than `since` is
 * asked by further lists, and what the cursor is not past yet by the history since. Spam and bin are not listed.
 */
export async function* listEntries(
  session: GmailSession,
  book: LabelBook,
  request: ListRequest,
): AsyncGenerator<readonly MailboxEntry[]> {
  const { signal, since } = request;
  const { labels } = await book.getChosen(signal);
  const chosen = new Set(labels.map(({ id }) => id));
  const found = new Set<string>();
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
    if (since !== undefined) {
      const recent = await list([label], Math.max(0, Math.floor(since.getTime() / 1_000) - 1));
      skip(
        [...all].filter((id) => !recent.has(id)),
        'It came before the days that are looked back.',
      );
    }
    skip(await list([label, 'DRAFT']), 'It is a draft.');
    skip(await list([label, 'CHAT']), 'It is a chat.');
    if (chosen.has('SENT') || label === 'INBOX') continue;
    const received = await list([label, 'SENT', 'INBOX']);
    const sent = [...(await list([label, 'SENT']))].filter((id) => !received.has(id));
    skip(sent, 'It was sent from here.');
  }
  // After the lists: what came meanwhile is in both.
  const isPassed = await findPassed(session, request, chosen);
  const ids = [...found];
  for (let at = 0; at < ids.length; at += PAGE) {
    yield ids.slice(at, at + PAGE).map((id) => ({
      providerKey: toProviderKey(id),
      receivedAt: undefined,
      label: `Gmail message ${id}`,
      passed: isPassed(id),
      skipped: skipped.get(id),
    }));
    request.onProgress(Math.min(ids.length, at + PAGE));
  }
}

/** While labels are still being listed, or the history is lost, nothing can be said to be passed. */
async function findPassed(
  session: GmailSession,
  { cursor: text, signal }: ListRequest,
  chosen: ReadonlySet<string>,
): Promise<(id: string) => boolean> {
  const nothing = () => false;
  if (text === undefined) return nothing;
  const cursor: GmailCursor = parseCursor(text);
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
