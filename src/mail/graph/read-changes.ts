import type { PageRequest } from '../mailbox.ts';
import type { GraphSession } from './create-session.ts';
import { findFolder } from './find-folder.ts';
import type { FolderPosition, ListedMessage } from './graph-cursor.ts';
import { type DeltaMessage, type DeltaPage, isExpired, isRefusedLink, readDelta } from './read-delta.ts';
import { readFacts } from './read-facts.ts';
import { toProviderKey } from './to-provider-key.ts';
import { isItemGone } from './to-service-error.ts';

export interface Changes {
  /** Past the changes; what is new among them is in `rest`. */
  readonly position: FolderPosition;
  /** Ids of what left the folder. */
  readonly removed: readonly string[];
  /** Ids of what is in it: known, left out or new. */
  readonly present: readonly string[];
  /** The round is over. */
  readonly complete: boolean;
}

/** Small, as what is still to be loaded is kept in the cursor. */
const PAGE_SIZE = 200;
/** Of a round over the whole folder, which is mostly mail that is old or known: the most that lists of messages take. */
const WHOLE_PAGE_SIZE = 1_000;
const DAY_MS = 86_400_000;

/** Where reading of a folder begins: at first sight, and again when its id or its token is no longer good. */
export async function beginFolder(
  session: GraphSession,
  name: string,
  before: FolderPosition | undefined,
  request: PageRequest,
): Promise<FolderPosition> {
  const { id } = await findFolder(session, name, request.signal);
  const begun = { id, link: undefined, whole: true, begunAt: undefined } as const;
  const asked = toWholeSeconds(request.since);
  if (before === undefined) {
    return { ...begun, syncedAt: undefined, since: asked, firstSince: asked, rest: [] };
  }
  const { syncedAt } = before;
  // A day of overlap: clocks differ, and Graph takes its time to show a message.
  const from = syncedAt === undefined ? before.since : new Date(syncedAt.getTime() - DAY_MS);
  const since = findEarlier(from, asked);
  return { ...before, ...begun, since, firstSince: findEarlier(before.firstSince, since) };
}

/** Undefined: no bound at all. */
function findEarlier(a: Date | undefined, b: Date | undefined): Date | undefined {
  if (a === undefined || b === undefined) return undefined;
  return a < b ? a : b;
}

/**
 * The next page of changes of one folder, and what of it is still to be read. `isStored`: the link came in with the
 * request. Refused, the folder is begun anew; one of this very page is not, as it would never end.
 */
export async function readChanges(
  session: GraphSession,
  name: string,
  position: FolderPosition,
  request: PageRequest,
  isStored: boolean,
): Promise<Changes> {
  const { id: folderId, link, begunAt = new Date() } = position;
  const since = position.whole ? position.since : position.firstSince;
  const pageSize = position.whole ? WHOLE_PAGE_SIZE : PAGE_SIZE;
  let page: DeltaPage;
  try {
    page = await readDelta(session, { folderId, link, pageSize, signal: request.signal });
  } catch (error) {
    const isStale = isExpired(error) || (isStored && isRefusedLink(error));
    const again = isStale ? link !== undefined : isItemGone(error);
    if (!again) throw error;
    const begun = await beginFolder(session, name, position, request);
    // Graph names this very folder, and does not find it: another try would say the same.
    if (!isStale && begun.id === folderId) throw error;
    return { position: begun, removed: [], present: [], complete: false };
  }
  const rest = await findNew(session, page.messages, since, request);
  const round = page.complete
    ? { whole: false, begunAt: undefined, syncedAt: begunAt }
    : { whole: position.whole, begunAt, syncedAt: position.syncedAt };
  const present = page.messages.map(({ id }) => id);
  return { ...page, present, position: { ...position, ...round, link: page.link, rest } };
}

async function findNew(
  session: GraphSession,
  messages: readonly DeltaMessage[],
  since: Date | undefined,
  request: PageRequest,
): Promise<readonly ListedMessage[]> {
  const isLeft = ({ isDraft, receivedAt }: DeltaMessage) =>
    isDraft || (since !== undefined && receivedAt !== undefined && receivedAt < since);
  const latest = new Map(messages.map((message) => [message.id, message]));
  const wanted = [...latest.values()].filter((message) => !isLeft(message));
  const keys = wanted.map(({ id }) => toProviderKey(id));
  const known = keys.length === 0 ? undefined : await request.findKnown?.(keys);
  const fresh = wanted.filter(({ id }) => known?.has(toProviderKey(id)) !== true);
  // A change of a read mark may come without the date and all else: of a draft, of what is old, or gone.
  const dateless = fresh.filter(({ receivedAt }) => receivedAt === undefined).map(({ id }) => id);
  const told = await readFacts(session, dateless, request.signal);
  const facts = new Map(told.map((fact) => [fact.id, fact]));
  return fresh.flatMap((message) => {
    const fact = message.receivedAt === undefined ? facts.get(message.id) : message;
    return fact === undefined || isLeft(fact) ? [] : [toListed(fact)];
  });
}

function toListed({ id, receivedAt, size }: DeltaMessage): ListedMessage {
  return { id, receivedAt, size };
}

/** As Graph tells when a message came. */
function toWholeSeconds(date: Date | undefined): Date | undefined {
  return date && new Date(Math.floor(date.getTime() / 1_000) * 1_000);
}
