import type { ImapFlow } from 'imapflow';

/**
 * One FETCH of BODY.PEEK[] for these UIDs; the first `limit` + 1 bytes of each, because RFC822.SIZE may lie. A
 * UID is missing from the answer when the server sent no body for it.
 */
export async function fetchBodies(
  client: ImapFlow,
  uids: readonly number[],
  limit: number,
  onBody: () => void,
): Promise<Map<number, Buffer>> {
  const bodies = new Map<number, Buffer>();
  const wanted = new Set(uids);
  const source = { start: 0, maxLength: limit + 1 };
  for await (const found of client.fetch(uids.join(','), { uid: true, source }, { uid: true })) {
    if (!Buffer.isBuffer(found.source) || !wanted.has(found.uid)) continue;
    bodies.set(found.uid, found.source);
    onBody();
  }
  return bodies;
}
