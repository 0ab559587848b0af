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

/** UIDs have 32 bits (RFC 9051 2.3.1.1); servers refuse a higher one. */
const HIGHEST_UID = 0xffffffff;
/** A folder this many times larger than a page is searched in windows: its UIDs alone are megabytes. */
const WINDOW_PAGES = 10;

/**
 * The next UIDs of the open folder. What lies outside of what is asked for is left out: `n:*` always names the last
 * message, even when its UID is below n (RFC 9051 9, seq-range), and a position never moves back.
 */
export async function listUids(
  client: ImapFlow,
  { lastUid, since, sinceUpTo = 0 }: FolderPosition,
  maxItems: number,
  exists: number,
): Promise<UidList> {
  const find = async (from: number, to: number, day?: Date) => {
    const set = `${from + 1}:${to === Number.POSITIVE_INFINITY ? '*' : Math.min(to, HIGHEST_UID)}`;
    return (await findUids(client, set, day)).filter((uid) => uid > from && uid <= to);
  };
  const uids: number[] = [];
  if (since !== undefined && lastUid < sinceUpTo) {
    uids.push(...(await find(lastUid, sinceUpTo, toSearchDay(since))));
    if (uids.length > maxItems) return { uids, complete: false };
  }
  const from = since === undefined ? lastUid : Math.max(lastUid, sinceUpTo);
  const window = maxItems * WINDOW_PAGES;
  if (exists > window) {
    const next = await find(from, from + window);
    if (uids.length + next.length >= maxItems) return { uids: [...uids, ...next], complete: false };
  }
  return { uids: [...uids, ...(await find(from, Number.POSITIVE_INFINITY))], complete: true };
}
