import type { ImapFlow } from 'imapflow';
import type { OpenFolder } from './open-folder.ts';
import type { FolderPosition } from './parse-cursor.ts';

/** Of so many UIDs at most it is told which they are; where there are more, an audit finds what bears them anew. */
const MOST = 100_000;

/**
 * The lowest of the consumed UIDs that the server is about to deal again, under one UIDVALIDITY: it was set back, though
 * RFC 9051 2.3.1.1 forbids it. Then no message bears one of them. Where one does, the server tells its highest UID for
 * UIDNEXT; others tell 1, whatever was dealt before. undefined: none. Right after `folder` was opened: its last message is that of its EXAMINE.
 */
export async function findSetBack(
  client: ImapFlow,
  { uidNext, exists }: Pick<OpenFolder, 'uidNext' | 'exists'>,
  { lastUid }: Pick<FolderPosition, 'lastUid'>,
): Promise<number | undefined> {
  if (uidNext === undefined || uidNext > lastUid || lastUid - uidNext >= MOST) return undefined;
  if (exists === 0) return uidNext > 1 ? uidNext : undefined;
  const last = await client.fetchOne(String(exists), { uid: true });
  return last !== false && last?.uid !== undefined && last.uid < uidNext ? uidNext : undefined;
}
