import { ServiceError } from '../../domain/service-error.ts';
import type { MailboxItem, PageRequest } from '../mailbox.ts';
import { canFetchOthers } from './can-fetch-others.ts';
import type { GraphSession } from './create-session.ts';
import { fetchSources, MAX_BATCHED, MOST_FAILURES } from './fetch-sources.ts';
import type { ListedMessage } from './graph-cursor.ts';
import { isPassing } from './is-passing.ts';
import { toItem } from './to-item.ts';

export interface LoadedItems {
  readonly items: readonly MailboxItem[];
  /** What is still to be loaded, in order. */
  readonly rest: readonly ListedMessage[];
  /** What did not come while others did; to be tried again another time. */
  readonly stubborn: readonly ListedMessage[];
}

interface Failed {
  readonly message: ListedMessage;
  readonly error: ServiceError;
}

type Sources = Awaited<ReturnType<typeof fetchSources>>;

/** A larger one comes by itself, as bytes. */
const ALONE_BYTES = 3 * 1024 * 1024;
const BATCH_BYTES = 8 * 1024 * 1024;
/** Of a message whose size is not told. */
const GUESS_BYTES = 256 * 1024;
/** Then it is a fault: a message that never comes would hold up the account for ever. */
const MOST_TRIES = 3;
/** How long a pull asks again. */
export const PATIENCE_MS = 30 * 60_000;

/**
 * Loads messages in their order until the page is full or Graph asks to wait. One that fails is passed over; that it
 * is the message, and not the server, is known from another that came after it. It is tried three times at least, and
 * for `patienceMs`.
 */
export async function loadItems(
  session: GraphSession,
  messages: readonly ListedMessage[],
  folder: string,
  request: PageRequest,
  patienceMs: number,
): Promise<LoadedItems> {
  const items: MailboxItem[] = [];
  const stubborn: ListedMessage[] = [];
  const atFault: Failed[] = [];
  let unclear: Failed[] = [];
  let rest = messages;
  let bytes = 0;
  const getRoom = () => request.maxItems - items.length - atFault.length - unclear.length;
  while (rest.length > 0 && getRoom() > 0 && bytes < request.maxBytes && unclear.length < MOST_FAILURES) {
    const room = Math.min(getRoom(), MAX_BATCHED);
    const chunk = takeChunk(rest, room, Math.min(request.maxBytes - bytes, BATCH_BYTES));
    let sources: Sources;
    try {
      const ids = chunk.map(({ id }) => id);
      sources = refuseNothing(chunk, await fetchSources(session, ids, request));
    } catch (error) {
      // What came is kept; the next page meets the same fault, if it lasts.
      if (items.length > 0 && isPassing(error)) break;
      throw error;
    }
    bytes += take(chunk, sources);
    rest = [...chunk.filter(({ id }) => !sources.has(id)), ...rest.slice(chunk.length)];
    request.onProgress(items.length);
    if (sources.size < chunk.length) break;
  }
  if (unclear.length > 0) await judge();
  for (const { message, error } of atFault) {
    const failed = { since: new Date(), ...message.failed, tries: (message.failed?.tries ?? 0) + 1 };
    const item = toItem(message, { kind: 'failed', error }, folder, request.maxMessageBytes);
    const hasTime = Date.now() - failed.since.getTime() < patienceMs;
    if (failed.tries < MOST_TRIES || hasTime) stubborn.push({ ...message, failed });
    else if (item !== undefined) items.push(item);
  }
  return { items, rest, stubborn };

  function take(chunk: readonly ListedMessage[], sources: Sources): number {
    const before = items.length;
    const asked = new Map(chunk.map((message) => [message.id, message]));
    for (const [id, source] of sources) {
      const message = asked.get(id);
      if (message === undefined) continue;
      if (source.kind === 'failed') unclear.push({ message, error: source.error });
      else if (source.kind === 'raw' || source.kind === 'too-large') atFault.push(...unclear.splice(0));
    }
    for (const message of chunk) {
      const source = sources.get(message.id);
      if (source === undefined || source.kind === 'failed') continue;
      const item = toItem(message, source, folder, request.maxMessageBytes);
      if (item !== undefined) items.push(item);
    }
    return items.slice(before).reduce((sum, { raw }) => sum + (raw?.byteLength ?? 0), 0);
  }

  async function judge(): Promise<void> {
    const [first] = unclear;
    const ids = new Set(unclear.map(({ message }) => message.id));
    if (await canFetchOthers(session, ids, request.signal)) atFault.push(...unclear);
    else if (items.length + atFault.length === 0 && first !== undefined) throw first.error;
    else rest = [...unclear.map(({ message }) => message), ...rest];
    unclear = [];
  }
}

/** No bytes of what is told to have some did not come: something answered in place of Graph. */
function refuseNothing(messages: readonly ListedMessage[], sources: Sources): Sources {
  const judged = new Map(sources);
  for (const { id, size = 0 } of messages) {
    const source = sources.get(id);
    if (size === 0 || source?.kind !== 'raw' || source.raw.byteLength > 0) continue;
    const error = new ServiceError('Unavailable', `Graph sent nothing of a message of about ${size} bytes.`);
    judged.set(id, { kind: 'failed', error });
  }
  return judged;
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
