import { ServiceError } from '../../domain/service-error.ts';
import type { PageRequest } from '../mailbox.ts';
import { checkOwner } from './check-owner.ts';
import { checkSameOwner } from './check-same-owner.ts';
import type { GmailSession } from './create-gmail-session.ts';
import { type GmailCursor, isHistoryId, type Listing, laterHistoryId } from './gmail-cursor.ts';
import { listIds } from './list-ids.ts';
import { type HistoryPage, readHistory } from './read-history.ts';
import { toAfter } from './to-after.ts';

export interface Advance {
  readonly cursor: GmailCursor;
  /** Ids of messages that left. */
  readonly left: readonly string[];
  /** There are no more ids to be had now, but for those in `cursor.pending`. */
  readonly exhausted: boolean;
}

const HOUR_MS = 3_600_000;
const OVERLAP_MS = 24 * HOUR_MS;

/**
 * At first sight, and when the history `before` is lost: it is pinned before anything is listed, so that nothing comes in
 * between. Throws AuthenticationFailed when it is the mailbox of another.
 */
export async function pinCursor(
  session: GmailSession,
  chosen: ReadonlySet<string>,
  { since, signal }: Pick<PageRequest, 'since' | 'signal'>,
  before?: GmailCursor,
): Promise<GmailCursor> {
  const { data, at } = await session.call(signal, (users, options) =>
    users.getProfile({ userId: 'me' }, options),
  );
  if (before === undefined) await checkOwner(session, data.emailAddress, false, signal);
  else await checkSameOwner(session, before, data.emailAddress, signal);
  if (!isHistoryId(data.historyId)) {
    throw new ServiceError('Unavailable', 'Gmail did not say where the history of the mailbox stands.');
  }
  const after = toAfter(since);
  return {
    historyId: data.historyId,
    owner: data.emailAddress ?? undefined,
    syncedAt: toHour(at),
    labelIds: [...chosen],
    firstAfter: new Map([...chosen].map((labelId) => [labelId, after])),
    pending: [],
    listings: [...chosen].map((labelId) => ({ labelId, after, pageToken: undefined })),
  };
}

/** More ids for `pending`: the next changes; when there are none, the next page of what is still to be listed. */
export async function advanceCursor(
  session: GmailSession,
  given: GmailCursor,
  chosen: ReadonlySet<string>,
  request: PageRequest,
): Promise<Advance> {
  const { signal } = request;
  const cursor = withLabels(given, chosen, request.since);
  let page: HistoryPage;
  try {
    page = await readHistory(session, cursor.historyId, chosen, request.maxItems, signal);
  } catch (error) {
    if (!(error instanceof ServiceError) || error.type !== 'NotFound') throw error;
    return { cursor: await recover(session, cursor, chosen, request), left: [], exhausted: false };
  }
  const moved = { ...cursor, historyId: laterHistoryId(cursor.historyId, page.historyId) };
  const { left } = page;
  if (page.arrived.length > 0 || !page.complete || cursor.listings.length === 0) {
    const exhausted = page.complete && cursor.listings.length === 0;
    const syncedAt = exhausted ? toHour(page.at) : cursor.syncedAt;
    return { cursor: { ...moved, syncedAt, pending: page.arrived }, left, exhausted };
  }
  const { ids, listings } = await listNext(session, cursor.listings, signal);
  const exhausted = listings.length === 0;
  const syncedAt = exhausted ? toHour(page.at) : cursor.syncedAt;
  return { cursor: { ...moved, syncedAt, pending: ids, listings }, left, exhausted };
}

async function listNext(session: GmailSession, listings: readonly Listing[], signal: AbortSignal) {
  const [listing, ...later] = listings;
  if (listing === undefined) return { ids: [], listings: [] };
  const { labelId, after, pageToken } = listing;
  const { ids, nextPageToken } = await listIds(session, { labelIds: [labelId], after, pageToken }, signal);
  const rest = nextPageToken === undefined ? [] : [{ ...listing, pageToken: nextPageToken }];
  return { ids, listings: [...rest, ...later] };
}

/** A label that was switched on later is listed like one at first sight; one that was switched off is forgotten. */
function withLabels(cursor: GmailCursor, chosen: ReadonlySet<string>, since: Date | undefined): GmailCursor {
  const after = toAfter(since);
  const added = [...chosen].filter((id) => !cursor.labelIds.includes(id));
  const listings = [
    ...cursor.listings.filter(({ labelId }) => chosen.has(labelId)),
    ...added.map((labelId) => ({ labelId, after, pageToken: undefined })),
  ];
  const findFirst = (labelId: string) => {
    if (cursor.firstAfter.has(labelId)) return cursor.firstAfter.get(labelId);
    const listing = listings.find((one) => one.labelId === labelId);
    return listing === undefined ? after : listing.after;
  };
  const firstAfter = new Map([...chosen].map((labelId) => [labelId, findFirst(labelId)]));
  return { ...cursor, labelIds: [...chosen], firstAfter, listings };
}

/**
 * Gmail keeps history for about a week. The new position is pinned first, then everything is listed since the end
 * was last reached, with a day to spare: known messages are not fetched again, and nothing falls in between.
 */
async function recover(
  session: GmailSession,
  cursor: GmailCursor,
  chosen: ReadonlySet<string>,
  { since, signal }: PageRequest,
): Promise<GmailCursor> {
  const pinned = await pinCursor(session, chosen, { since: undefined, signal }, cursor);
  const from = since === undefined ? undefined : Math.min(since.getTime(), cursor.syncedAt.getTime());
  const listings = pinned.listings.map((listing): Listing => {
    const open = cursor.listings.find(({ labelId }) => labelId === listing.labelId);
    const everything = from === undefined || (open !== undefined && open.after === undefined);
    if (everything) return listing;
    return {
      ...listing,
      after: Math.min(toAfter(new Date(from - OVERLAP_MS)) ?? 0, open?.after ?? Number.MAX_SAFE_INTEGER),
    };
  });
  const firstAfter = listings.map(
    ({ labelId, after }) => [labelId, findEarlier(cursor.firstAfter.get(labelId), after)] as const,
  );
  return {
    ...pinned,
    firstAfter: new Map(firstAfter),
    syncedAt: cursor.syncedAt,
    historyId: laterHistoryId(cursor.historyId, pinned.historyId),
    listings,
  };
}

/** Undefined: no bound at all. */
function findEarlier(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : Math.min(a, b);
}

/** So that the stored position of a quiet mailbox changes once an hour, not with each pull. */
function toHour(at: Date): Date {
  return new Date(Math.floor(at.getTime() / HOUR_MS) * HOUR_MS);
}
