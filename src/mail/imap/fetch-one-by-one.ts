import { ServiceError } from '../../domain/service-error.ts';
import type { ImapSession } from './create-session.ts';
import { type FetchedBodies, fetchBodies, toMost } from './fetch-bodies.ts';
import { findUids } from './find-uids.ts';
import { type FolderRef, withFolder } from './with-folder.ts';

const TRIES = 3;
const PROBES = 3;

export interface FetchedSingly extends FetchedBodies {
  /** Why the server did not hand over a message, by UID. */
  readonly refusals: ReadonlyMap<number, string>;
}

/**
 * After a FETCH of many failed: one FETCH each, so that one bad message does not block the others. Some servers
 * answer NO, some end the connection. Throws when the server cannot be reached, or when nothing at all can be fetched:
 * then it is not the mail.
 */
export async function fetchOneByOne(
  session: ImapSession,
  ref: FolderRef,
  uids: readonly number[],
  limit: number,
  signal: AbortSignal,
): Promise<FetchedSingly> {
  const bodies = new Map<number, Buffer>();
  const refusals = new Map<number, string>();
  const cut = new Set<number>();
  let lastError: ServiceError | undefined;
  let held = 0;
  const fetchOne = (uid: number, bytes: number) =>
    withFolder(session, ref, signal, (client) => fetchBodies(client, [uid], bytes, () => undefined));

  for (const uid of uids) {
    if (held > toMost(limit)) {
      cut.add(uid);
      continue;
    }
    for (let tries = 1; tries <= TRIES; tries++) {
      // Connected and in the folder first: a network that is down says nothing about the message.
      await withFolder(session, ref, signal, () => Promise.resolve());
      try {
        const body = (await fetchOne(uid, limit)).bodies.get(uid);
        if (body !== undefined) bodies.set(uid, body);
        held += body?.byteLength ?? 0;
        refusals.delete(uid);
        break;
      } catch (error) {
        if (!(error instanceof ServiceError) || error.type !== 'Unavailable') throw error;
        lastError = error;
        refusals.set(uid, error.message);
      }
    }
  }
  if (lastError !== undefined && bodies.size === 0 && !(await canFetchOthers())) throw lastError;
  return { bodies, refusals, cut };

  async function canFetchOthers(): Promise<boolean> {
    const all = await withFolder(session, ref, signal, (client) => findUids(client, '1:*'));
    for (const uid of all.filter((other) => !refusals.has(other)).slice(-PROBES)) {
      const found = await fetchOne(uid, 1).catch(() => undefined);
      if (found?.bodies.has(uid) === true) return true;
    }
    return false;
  }
}
