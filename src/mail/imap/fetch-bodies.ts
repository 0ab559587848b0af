import type { ImapFlow } from 'imapflow';
import { CHUNK_BYTES } from './take-chunk.ts';
import { LONGEST_ANSWER, withLongestAnswer } from './with-longest-answer.ts';

export interface FetchedBodies {
  readonly bodies: ReadonlyMap<number, Buffer>;
  /** What came when enough was held: to be fetched again. A UID that is asked for alone is never among them. */
  readonly cut: ReadonlySet<number>;
}

/** Twice of what was to come, by the sizes that the server names, and a whole message: those sizes may be too small. */
export const toMost = (limit: number): number => 2 * CHUNK_BYTES + limit;

/**
 * One FETCH of BODY.PEEK[] for these UIDs; the first `limit` + 1 bytes of each, because RFC822.SIZE may lie. A
 * UID is missing from the answer when the server sent no body for it.
 */
export async function fetchBodies(
  client: ImapFlow,
  uids: readonly number[],
  limit: number,
  onBody: () => void,
): Promise<FetchedBodies> {
  const bodies = new Map<number, Buffer>();
  const cut = new Set<number>();
  const wanted = new Set(uids);
  const source = { start: 0, maxLength: limit + 1 };
  let bytes = 0;
  await withLongestAnswer(client, limit + LONGEST_ANSWER, async () => {
    for await (const found of client.fetch(uids.join(','), { uid: true, source }, { uid: true })) {
      if (!Buffer.isBuffer(found.source) || !wanted.delete(found.uid)) continue;
      bytes += found.source.byteLength;
      // A server may send all of it where a part was asked for: fetched again, it would be no smaller.
      if (bytes > toMost(limit) && uids.length > 1) cut.add(found.uid);
      else bodies.set(found.uid, found.source);
      onBody();
    }
  });
  return { bodies, cut };
}
