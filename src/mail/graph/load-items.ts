import type { MailboxItem, PageRequest } from '../mailbox.ts';
import type { GraphSession } from './create-session.ts';
import { fetchSources, MAX_BATCHED } from './fetch-sources.ts';
import type { ListedMessage } from './graph-cursor.ts';
import { isPassing } from './is-passing.ts';
import { toItem } from './to-item.ts';

export interface LoadedItems {
  readonly items: readonly MailboxItem[];
  /** What is still to be loaded, in order. */
  readonly rest: readonly ListedMessage[];
}

type Sources = Awaited<ReturnType<typeof fetchSources>>;

/** A larger one comes by itself, as bytes. */
const ALONE_BYTES = 3 * 1024 * 1024;
const BATCH_BYTES = 8 * 1024 * 1024;
/** Of a message whose size is not told. */
const GUESS_BYTES = 256 * 1024;

/** Loads messages in their order until the page is full or Graph asks to wait. */
export async function loadItems(
  session: GraphSession,
  messages: readonly ListedMessage[],
  folder: string,
  request: PageRequest,
): Promise<LoadedItems> {
  const items: MailboxItem[] = [];
  let rest = messages;
  let bytes = 0;
  while (rest.length > 0 && items.length < request.maxItems && bytes < request.maxBytes) {
    const room = Math.min(request.maxItems - items.length, MAX_BATCHED);
    const chunk = takeChunk(rest, room, Math.min(request.maxBytes - bytes, BATCH_BYTES));
    let sources: Sources;
    try {
      sources = await fetchSources(
        session,
        chunk.map(({ id }) => id),
        request,
      );
    } catch (error) {
      // What came is kept; the next page meets the same fault, if it lasts.
      if (items.length > 0 && isPassing(error)) break;
      throw error;
    }
    for (const message of chunk) {
      const source = sources.get(message.id);
      const item = source && toItem(message, source, folder, request.maxMessageBytes);
      if (item === undefined) continue;
      items.push(item);
      bytes += item.raw?.byteLength ?? 0;
    }
    rest = [...chunk.filter(({ id }) => !sources.has(id)), ...rest.slice(chunk.length)];
    request.onProgress(items.length);
    if (sources.size < chunk.length) break;
  }
  return { items, rest };
}

function takeChunk(messages: readonly ListedMessage[], max: number, room: number): readonly ListedMessage[] {
  let bytes = 0;
  let count = 0;
  for (const { size = GUESS_BYTES } of messages.slice(0, max)) {
    const isAlone = size > ALONE_BYTES;
    if (count > 0 && (isAlone || bytes + size > room)) break;
    bytes += size;
    count += 1;
    if (isAlone) break;
  }
  return messages.slice(0, count);
}
