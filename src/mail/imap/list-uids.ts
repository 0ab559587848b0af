import type { ImapFlow } from 'imapflow';
import { findUids } from './find-uids.ts';
import { toSearchDay } from './look-back.ts';
import type { FolderPosition } from './parse-cursor.ts';

export interface UidList {
  /** Above the position, ascending. Of those before the look-back only what its day takes in. */
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
  { lastUid, since, sinceUpTo = 0 }: FolderPosition,
  maxItems: number,
  exists: number,
): Promise<UidList> {
  const uids: number[] = [];
  if (since !== undefined && lastUid < sinceUpTo) {
    uids.push(...(await findUids(client, `${lastUid + 1}:${sinceUpTo}`, toSearchDay(since))));
    if (uids.length > maxItems) return { uids, complete: false };
  }
  const from = since === undefined ? lastUid : Math.max(lastUid, sinceUpTo);
  const window = maxItems * WINDOW_PAGES;
  if (exists > window) {
    const next = await findUids(client, `${from + 1}:${from + window}`);
    if (uids.length + next.length >= maxItems) return { uids: [...uids, ...next], complete: false };
  }
  const rest = await findUids(client, `${from + 1}:*`);
  return { uids: [...uids, ...rest.filter((uid) => uid > from)], complete: true };
}
