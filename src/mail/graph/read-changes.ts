import type { PageRequest } from '../mailbox.ts';
import type { GraphSession } from './create-session.ts';
import { findFolder } from './find-folder.ts';
import type { FolderPosition, ListedMessage } from './graph-cursor.ts';
import { type DeltaMessage, isExpired, readDelta } from './read-delta.ts';
import { readFacts } from './read-facts.ts';
import { toProviderKey } from './to-provider-key.ts';
import { isItemGone } from './to-service-error.ts';

export interface Changes {
  /** Past the changes; what is new among them is in `rest`. */
  readonly position: FolderPosition;
  /** Ids of what left the folder. */
  readonly removed: readonly string[];
  /** The round is over. */
  readonly complete: boolean;
}

const PAGE_SIZE = 200;
const DAY_MS = 86_400_000;

/** Where reading of a folder begins: at first sight, and again when its id or its token is no longer good. */
export async function beginFolder(
  session: GraphSession,
  name: string,
  before: FolderPosition | undefined,
  request: PageRequest,
): Promise<FolderPosition> {
  const { id } = await findFolder(session, name, request.signal);
  const { since } = request;
  const syncedAt = before?.syncedAt;
  // A day of overlap: clocks differ, and Graph takes its time to show a message.
  const from = syncedAt === undefined ? before?.since : new Date(syncedAt.getTime() - DAY_MS);
  const bound = since !== undefined && from !== undefined && from < since ? from : since;
  return { id, link: undefined, syncedAt, since: bound, rest: before?.rest ?? [] };
}

/** The next page of changes of one folder, and what of it is still to be read. */
export async function readChanges(
  session: GraphSession,
  name: string,
  position: FolderPosition,
  request: PageRequest,
): Promise<Changes> {
  const { id: folderId, link, since } = position;
  const { signal } = request;
  const startedAt = new Date();
  const pageSize = PAGE_SIZE;
  try {
    const page = await readDelta(session, { folderId, link, since, pageSize, signal });
    const rest = await findNew(session, page.messages, since, request);
    const syncedAt = page.complete ? startedAt : position.syncedAt;
    return { ...page, position: { ...position, link: page.link, syncedAt, rest } };
  } catch (error) {
    const again = isExpired(error) ? link !== undefined : isItemGone(error);
    if (!again) throw error;
    const begun = await beginFolder(session, name, position, request);
    // Graph names this very folder, and does not find it: another try would say the same.
    if (!isExpired(error) && begun.id === folderId) throw error;
    return { position: begun, removed: [], complete: false };
  }
}

async function findNew(
  session: GraphSession,
  messages: readonly DeltaMessage[],
  since: Date | undefined,
  request: PageRequest,
): Promise<readonly ListedMessage[]> {
  // A change of a read mark may come without the date (and for messages that the filter leaves out).
  const dateless = since === undefined ? [] : messages.filter((message) => message.receivedAt === undefined);
  const ids = dateless.map(({ id }) => id);
  const facts = new Map((await readFacts(session, ids, request.signal)).map((fact) => [fact.id, fact]));
  const wanted = new Map<string, ListedMessage>();
  for (const message of messages) {
    const { id, receivedAt, size, isDraft } = facts.get(message.id) ?? message;
    const isOld = since !== undefined && (receivedAt === undefined || receivedAt < toWholeSeconds(since));
    if (!isDraft && !isOld) wanted.set(id, { id, receivedAt, size });
  }
  const keys = [...wanted.keys()].map(toProviderKey);
  const known = keys.length === 0 ? undefined : await request.findKnown?.(keys);
  return [...wanted.values()].filter(({ id }) => known?.has(toProviderKey(id)) !== true);
}

/** As the filter has it. */
function toWholeSeconds(date: Date): Date {
  return new Date(Math.floor(date.getTime() / 1_000) * 1_000);
}
