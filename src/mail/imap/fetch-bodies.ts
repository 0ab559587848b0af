import type { ImapFlow } from 'imapflow';
import { CHUNK_BYTES } from './take-chunk.ts';
import { LONGEST_ANSWER, withLongestAnswer } from './with-longest-answer.ts';

export interface FetchedBodies {
  readonly bodies: Map<number, Buffer>;
  /** Why the server did not hand over a message, by UID. */
  readonly refusals: Map<number, string>;
}

/** Twice of what was to come, by the sizes that the server names, and a whole message: who sends more lies. */
export const toMost = (limit: number): number => 2 * CHUNK_BYTES + limit;
export const LIED = 'the server sends far more than the sizes that it names.';

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
  const refusals = new Map<number, string>();
  const wanted = new Set(uids);
  const source = { start: 0, maxLength: limit + 1 };
  let bytes = 0;
  await withLongestAnswer(client, limit + LONGEST_ANSWER, async () => {
    for await (const found of client.fetch(uids.join(','), { uid: true, source }, { uid: true })) {
      if (!Buffer.isBuffer(found.source) || !wanted.has(found.uid)) continue;
      bytes += found.source.byteLength;
      // Left where it is: what is parked can be had alone.
      if (bytes > toMost(limit)) refusals.set(found.uid, LIED);
      else bodies.set(found.uid, found.source);
      onBody();
    }
  });
  return { bodies, refusals };
}
