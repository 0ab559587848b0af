import type { ImapFlow } from 'imapflow';
import { isOpen, type OpenFolder, openFolder, toUidNext } from './open-folder.ts';
import type { FolderPosition } from './parse-cursor.ts';

export interface FolderLook extends OpenFolder {
  /** Nothing came, and nothing that we know of left, since the position. */
  readonly quiet: boolean;
}

/**
 * What a folder holds now, in one answer of some hundred bytes. STATUS when another folder is open, since EXAMINE
 * would close that; else EXAMINE, since STATUS of the open folder may be stale (RFC 9051 6.3.11). Unless it is
 * quiet, the folder is open after.
 */
export async function lookAtFolder(
  client: ImapFlow,
  folder: string,
  position: FolderPosition | undefined,
): Promise<FolderLook> {
  if (position !== undefined && client.mailbox !== false && !isOpen(client, folder)) {
    const status = await askStatus(client, folder);
    if (status !== undefined && isQuiet(client, status, position)) return { ...status, quiet: true };
  }
  const opened = await openFolder(client, folder);
  return { ...opened, quiet: position !== undefined && isQuiet(client, opened, position) };
}

/** undefined: refused, and EXAMINE says why. */
export async function askStatus(client: ImapFlow, folder: string): Promise<OpenFolder | undefined> {
  const query = { messages: true, uidNext: true, uidValidity: true, highestModseq: true };
  const status = await client.status(folder, query).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'NotFound') return false as const;
    throw error;
  });
  if (status === false || status.uidValidity === undefined) return undefined;
  const exists = status.messages ?? 0;
  return {
    uidValidity: status.uidValidity.toString(),
    exists,
    uidNext: toUidNext(status.uidNext, exists),
    modseq: status.highestModseq?.toString(),
  };
}

/**
 * Only the last consumed UID counts: UIDNEXT may run ahead of messages that cannot be seen yet, and one that lies behind
 * it hides others.
 */
function isQuiet(client: ImapFlow, now: OpenFolder, position: FolderPosition): boolean {
  const { uidValidity, lastUid, modseq } = position;
  if (now.uidValidity !== uidValidity || now.uidNext !== lastUid + 1) return false;
  return !client.enabled.has('QRESYNC') || now.modseq === undefined || now.modseq === modseq;
}
