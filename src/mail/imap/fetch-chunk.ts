import { ServiceError } from '../../domain/service-error.ts';
import type { MailboxItem, PageRequest } from '../mailbox.ts';
import type { ImapSession } from './create-session.ts';
import { type FetchedBodies, fetchBodies } from './fetch-bodies.ts';
import type { MessageFacts } from './fetch-facts.ts';
import { fetchOneByOne } from './fetch-one-by-one.ts';
import { findUids } from './find-uids.ts';
import { toItem } from './to-item.ts';
import { type FolderRef, withFolder } from './with-folder.ts';

type BodyRequest = Pick<PageRequest, 'maxMessageBytes' | 'signal'>;

/** The items of a few messages, in UID order. Expunged ones are left out. */
export async function fetchChunk(
  session: ImapSession,
  ref: FolderRef,
  chunk: readonly MessageFacts[],
  request: BodyRequest,
  onBody: () => void,
): Promise<MailboxItem[]> {
  const limit = request.maxMessageBytes;
  const uids = chunk.filter(({ size }) => size === undefined || size <= limit).map(({ uid }) => uid);
  const { bodies, refusals } = await fetchAll(session, ref, uids, request, onBody);
  const absent = uids.filter((uid) => !bodies.has(uid) && !refusals.has(uid));
  const present = await findPresent(session, ref, absent, request.signal);
  if (present.size > 0) {
    const again = await fetchOneByOne(session, ref, [...present], limit, request.signal);
    for (const [uid, body] of again.bodies) bodies.set(uid, body);
    for (const [uid, reason] of again.refusals) refusals.set(uid, reason);
  }
  const items: MailboxItem[] = [];
  for (const facts of chunk) {
    const body = bodies.get(facts.uid);
    // Gone between SEARCH and FETCH: someone deleted it, so there is nothing to process and nothing is lost.
    if (body === undefined && absent.includes(facts.uid) && !present.has(facts.uid)) continue;
    items.push(toItem(ref, facts, body, limit, refusals.get(facts.uid)));
  }
  return items;
}

async function fetchAll(
  session: ImapSession,
  ref: FolderRef,
  uids: readonly number[],
  request: BodyRequest,
  onBody: () => void,
): Promise<FetchedBodies> {
  if (uids.length === 0) return { bodies: new Map(), refusals: new Map() };
  const { maxMessageBytes, signal } = request;
  try {
    return await withFolder(session, ref, signal, (client) =>
      fetchBodies(client, uids, maxMessageBytes, onBody),
    );
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
