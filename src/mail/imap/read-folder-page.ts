import type { MailboxItem, PageRequest } from '../mailbox.ts';
import type { ImapSession } from './create-session.ts';
import { fetchChunk } from './fetch-chunk.ts';
import { fetchFacts, type MessageFacts } from './fetch-facts.ts';
import { listUids } from './list-uids.ts';
import { openFolder } from './open-folder.ts';
import type { FolderPosition } from './parse-cursor.ts';
import { withFolder } from './with-folder.ts';

export interface FolderPage {
  readonly items: MailboxItem[];
  readonly position: FolderPosition;
  /** Nothing more in this folder for now. */
  readonly exhausted: boolean;
  readonly exists: number;
}

const CHUNK_MESSAGES = 100;
const CHUNK_BYTES = 4 * 1024 * 1024;

/**
 * The next messages of one folder in UID order, from `position` on, or from the first when there is none or when
 * UIDVALIDITY changed: then every UID is new, and mail that is known is found by its content.
 */
export async function readFolderPage(
  session: ImapSession,
  folder: string,
  position: FolderPosition | undefined,
  request: PageRequest,
): Promise<FolderPage> {
  const { signal, maxItems } = request;
  const { uidValidity, exists } = await session.run(signal, (client) => openFolder(client, folder));
  const ref = { folder, uidValidity };
  const lastUid = position?.uidValidity === uidValidity ? position.lastUid : 0;
  const list = await withFolder(session, ref, signal, (client) =>
    listUids(client, lastUid, maxItems, exists),
  );
  const wanted = list.uids.slice(0, maxItems);
  const last = wanted.at(-1);
  if (last === undefined) return { items: [], position: { uidValidity, lastUid }, exhausted: true, exists };

  const facts = await withFolder(session, ref, signal, (client) => fetchFacts(client, lastUid + 1, last));
  const messages = merge(wanted, facts).slice(0, maxItems);
  const items: MailboxItem[] = [];
  let arrived = 0;
  let bytes = 0;
  let consumed = 0;
  while (consumed < messages.length && bytes < request.maxBytes) {
    const chunk = takeChunk(messages, consumed, request.maxBytes - bytes, request.maxMessageBytes);
    const read = await fetchChunk(session, ref, chunk, request, () => request.onProgress(++arrived));
    items.push(...read);
    arrived = items.length;
    request.onProgress(arrived);
    bytes += read.reduce((sum, item) => sum + (item.raw?.byteLength ?? 0), 0);
    consumed += chunk.length;
  }
  const reached = messages[consumed - 1]?.uid ?? lastUid;
  const exhausted = list.complete && reached === list.uids.at(-1);
  return { items, position: { uidValidity, lastUid: reached }, exhausted, exists };
}

/** Every wanted UID, also one whose facts did not come (RFC 9051 lets a FETCH answer lack items), in order. */
function merge(wanted: readonly number[], facts: readonly MessageFacts[]): MessageFacts[] {
  const known = new Map(facts.map((fact) => [fact.uid, fact]));
  for (const uid of wanted) {
    if (!known.has(uid)) known.set(uid, { uid, size: undefined, receivedAt: undefined });
  }
  return [...known.values()].sort((a, b) => a.uid - b.uid);
}

/** The next messages whose sizes fit, one at least; what is too large to load takes no room. */
function takeChunk(
  messages: readonly MessageFacts[],
  from: number,
  room: number,
  maxMessageBytes: number,
): MessageFacts[] {
  const chunk: MessageFacts[] = [];
  let bytes = 0;
  for (const message of messages.slice(from, from + CHUNK_MESSAGES)) {
    const size = message.size ?? maxMessageBytes;
    const load = size > maxMessageBytes ? 0 : size;
    if (chunk.length > 0 && bytes + load > Math.min(room, CHUNK_BYTES)) break;
    chunk.push(message);
    bytes += load;
  }
  return chunk;
}
