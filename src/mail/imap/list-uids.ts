import type { ImapFlow } from 'imapflow';
import { findUids } from './find-uids.ts';

export interface UidList {
  /** Above `lastUid`, ascending. */
  readonly uids: number[];
  /** False when there may be more UIDs behind these. */
  readonly complete: boolean;
}

/** A folder this many times larger than a page is searched in windows: its UIDs alone are megabytes. */
const WINDOW_PAGES = 10;

/**
 * The next UIDs of the open folder. `n:*` always names the last message, even when its UID is below n (RFC 9051
 * 9, seq-range), so the answer is filtered.
 */
export async function listUids(
  client: ImapFlow,
  lastUid: number,
  maxItems: number,
  exists: number,
): Promise<UidList> {
  const window = maxItems * WINDOW_PAGES;
  if (exists > window) {
    const uids = await findUids(client, `${lastUid + 1}:${lastUid + window}`);
    if (uids.length >= maxItems) return { uids, complete: false };
  }
  const uids = await findUids(client, `${lastUid + 1}:*`);
  return { uids: uids.filter((uid) => uid > lastUid), complete: true };
}
