import type { ImapFlow } from 'imapflow';
import { findUids } from './find-uids.ts';
import type { OpenFolder } from './open-folder.ts';
import type { FolderPosition } from './parse-cursor.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Where reading begins in the open folder at first sight, and when its UIDs were dealt anew. */
export async function toFirstPosition(
  client: ImapFlow,
  { uidValidity, uidNext, exists }: OpenFolder,
  since: Date | undefined,
): Promise<FolderPosition> {
  if (since === undefined || exists === 0) return { uidValidity, lastUid: 0 };
  // Seen UIDs only, and none that came after the folder was opened: those are read whatever their date.
  const highest = await findHighest(client);
  const sinceUpTo = Math.min(highest, uidNext === undefined ? highest : uidNext - 1);
  const wholeSecond = new Date(Math.floor(since.getTime() / 1000) * 1000);
  return { uidValidity, lastUid: 0, since: wholeSecond.toISOString(), sinceUpTo };
}

/** The last message has the highest UID (RFC 9051 2.3.1.1); 0: there is none. Some servers find nothing by SEARCH UID *. */
async function findHighest(client: ImapFlow): Promise<number> {
  const last = await client.fetchOne('*', { uid: true });
  if (last !== false && last?.uid !== undefined) return last.uid;
  return (await findUids(client, '1:*')).at(-1) ?? 0;
}

/** Whether the look-back leaves the message alone. Without a date it is read: nothing is lost by that. */
export function isBeforeLookBack(
  position: FolderPosition,
  { uid, receivedAt }: { readonly uid: number; readonly receivedAt: Date | undefined },
): boolean {
  const { since, sinceUpTo = 0 } = position;
  if (since === undefined || uid > sinceUpTo || receivedAt === undefined) return false;
  return receivedAt.getTime() < Date.parse(since);
}

/** For SEARCH SINCE, which takes the day as the message's own time zone has it (RFC 9051 6.4.4). */
export function toSearchDay(since: string): Date {
  return new Date(Date.parse(since) - DAY_MS);
}
