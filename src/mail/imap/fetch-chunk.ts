import { ServiceError } from '../../domain/service-error.ts';
import type { MailboxItem, PageRequest } from '../mailbox.ts';
import type { ImapSession } from './create-session.ts';
import { fetchBodies } from './fetch-bodies.ts';
import type { MessageFacts } from './fetch-facts.ts';
import { type FetchedSingly, fetchOneByOne } from './fetch-one-by-one.ts';
import { findUids } from './find-uids.ts';
import { toItem } from './to-item.ts';
import { type FolderRef, withFolder } from './with-folder.ts';

type BodyRequest = Pick<PageRequest, 'maxMessageBytes' | 'signal'>;

const NOTHING: FetchedSingly = { bodies: new Map(), refusals: new Map(), cut: new Set() };

export interface FetchedChunk {
  /** In UID order. Expunged ones are left out. */
  readonly items: MailboxItem[];
  /** So many of the chunk are dealt with, one at least. Fewer than all: their sizes were said too small. */
  readonly consumed: number;
}

/** The items of a few messages, as far as they fit into memory. */
export async function fetchChunk(
  session: ImapSession,
  ref: FolderRef,
  chunk: readonly MessageFacts[],
  request: BodyRequest,
  onBody: () => void,
): Promise<FetchedChunk> {
  const limit = request.maxMessageBytes;
  const { signal } = request;
  const fetched = await fetchAll(session, ref, toUids(chunk, limit), request, onBody);
  const whole = takeWhole(chunk, fetched.cut);
  // Servers answer in the order they like: the first one may have come last.
  if (whole.length === 0) return fetchChunk(session, ref, chunk.slice(0, 1), request, onBody);
  const { bodies, refusals } = fetched;
  const absent = new Set(toUids(whole, limit).filter((uid) => !bodies.has(uid) && !refusals.has(uid)));
  const present = await findPresent(session, ref, [...absent], signal);
  const again = present.size > 0 ? await fetchOneByOne(session, ref, [...present], limit, signal) : NOTHING;
  const consumed = takeWhole(whole, again.cut);
  const items = consumed.flatMap((facts) => {
    const { uid } = facts;
    const body = bodies.get(uid) ?? again.bodies.get(uid);
    // Gone between SEARCH and FETCH: someone deleted it, so there is nothing to process and nothing is lost.
    if (body === undefined && absent.has(uid) && !present.has(uid)) return [];
    return [toItem(ref, facts, body, limit, refusals.get(uid) ?? again.refusals.get(uid))];
  });
  return { items, consumed: consumed.length };
}

/** Those that are not too large to load, by what is known of their sizes. */
function toUids(chunk: readonly MessageFacts[], limit: number): number[] {
  return chunk.filter(({ size }) => size === undefined || size <= limit).map(({ uid }) => uid);
}

function takeWhole(chunk: readonly MessageFacts[], cut: ReadonlySet<number>): readonly MessageFacts[] {
  const end = chunk.findIndex(({ uid }) => cut.has(uid));
  return end < 0 ? chunk : chunk.slice(0, end);
}

async function fetchAll(
  session: ImapSession,
  ref: FolderRef,
  uids: readonly number[],
  request: BodyRequest,
  onBody: () => void,
): Promise<FetchedSingly> {
  if (uids.length === 0) return NOTHING;
  const { maxMessageBytes, signal } = request;
  try {
    const fetched = await withFolder(session, ref, signal, (client) =>
      fetchBodies(client, uids, maxMessageBytes, onBody),
    );
    return { ...fetched, refusals: new Map() };
  } catch (error) {
    if (!(error instanceof ServiceError) || error.type !== 'Unavailable') throw error;
    return fetchOneByOne(session, ref, uids, maxMessageBytes, signal);
  }
}

async function findPresent(
  session: ImapSession,
  ref: FolderRef,
  uids: readonly number[],
  signal: AbortSignal,
): Promise<Set<number>> {
  if (uids.length === 0) return new Set();
  return withFolder(session, ref, signal, async (client) => {
    // A server tells of expunged messages only when it may: after NOOP its view is current (RFC 9051 7.5.1).
    await client.noop();
    return new Set(await findUids(client, uids.join(',')));
  });
}
