import type { MailboxItem, PageRequest } from '../mailbox.ts';
import type { ImapSession } from './create-session.ts';
import { fetchChunk } from './fetch-chunk.ts';
import type { MessageFacts } from './fetch-facts.ts';
import { takeChunk } from './take-chunk.ts';
import type { FolderRef } from './with-folder.ts';

type MessagesRequest = Pick<PageRequest, 'maxBytes' | 'maxMessageBytes' | 'signal' | 'onProgress'>;

export interface FetchedMessages {
  /** In UID order. Expunged ones are left out. */
  readonly items: readonly MailboxItem[];
  /** So many of the messages, from the first on, are dealt with; the others did not fit. */
  readonly consumed: number;
  /** Held by the items. */
  readonly bytes: number;
}

/** The items of these messages, chunk by chunk, until `maxBytes` are held: one chunk at least. */
export async function fetchMessages(
  session: ImapSession,
  ref: FolderRef,
  messages: readonly MessageFacts[],
  request: MessagesRequest,
): Promise<FetchedMessages> {
  const { maxBytes, maxMessageBytes, onProgress } = request;
  const items: MailboxItem[] = [];
  let bytes = 0;
  let consumed = 0;
  let fits = true;
  while (consumed < messages.length && bytes < maxBytes) {
    const chunk = takeChunk(messages, consumed, fits ? maxBytes - bytes : 0, maxMessageBytes);
    let arrived = items.length;
    const read = await fetchChunk(session, ref, chunk, request, () => onProgress(++arrived));
    items.push(...read.items);
    onProgress(items.length);
    bytes += read.items.reduce((sum, { raw }) => sum + (raw?.byteLength ?? 0), 0);
    consumed += read.consumed;
    // Sizes that are too small say nothing of the others either: those come one by one.
    fits &&= read.consumed === chunk.length;
  }
  return { items, consumed, bytes };
}
