import { ServiceError } from '../../domain/service-error.ts';
import type { MailboxItem, MailboxPage, PageRequest } from '../mailbox.ts';
import type { ImapSession } from './create-session.ts';
import { formatCursor } from './format-cursor.ts';
import { type FolderPosition, parseCursor } from './parse-cursor.ts';
import { type FolderPage, readFolderPage } from './read-folder-page.ts';

/**
 * One page over all folders in their order. A folder that is gone does not hold up the others: they are read
 * first, and the page after the last message fails with NotFound.
 */
export async function readPage(
  session: ImapSession,
  folders: readonly string[],
  request: PageRequest,
): Promise<MailboxPage> {
  const cursor = parseCursor(request.cursor);
  const positions = new Map(cursor.folders);
  const items: MailboxItem[] = [];
  const gone: string[] = [];
  let tellsGone = false;
  let bytes = 0;
  let total = 0;
  let failure: ServiceError | undefined;
  const toPage = (at: string | undefined): MailboxPage => ({
    items,
    cursor: formatCursor({ at, folders: positions }),
    done: false,
    total: undefined,
    ...(tellsGone ? { gone } : {}),
  });
  // A folder that left the settings is -1: begin with the first.
  const first = Math.max(0, cursor.at === undefined ? 0 : folders.indexOf(cursor.at));
  for (const [index, folder] of folders.entries()) {
    if (index < first) continue;
    const isFull = items.length >= request.maxItems || bytes >= request.maxBytes;
    if (isFull) return toPage(folder);
    const page = await readOrRemember(folder);
    if (page === undefined) continue;
    items.push(...page.items);
    gone.push(...page.gone);
    tellsGone ||= page.tellsGone;
    bytes += page.items.reduce((sum, item) => sum + (item.raw?.byteLength ?? 0), 0);
    total += page.exists;
    positions.set(folder, page.position);
    if (!page.exhausted) return toPage(folder);
  }
  if (failure === undefined) {
    return { ...toPage(undefined), done: true, total: first === 0 ? total : undefined };
  }
  const moved = folders.some((folder) => hasMoved(cursor.folders.get(folder), positions.get(folder)));
  if (items.length === 0 && gone.length === 0 && !moved) throw failure;
  return toPage(undefined);

  async function readOrRemember(folder: string): Promise<FolderPage | undefined> {
    const before = items.length;
    const room = {
      ...request,
      maxItems: request.maxItems - before,
      maxBytes: request.maxBytes - bytes,
      onProgress: (count: number) => request.onProgress(before + count),
    };
    try {
      return await readFolderPage(session, folder, positions.get(folder), room);
    } catch (error) {
      if (!(error instanceof ServiceError) || !isOfFolder(error)) throw error;
      failure ??= error;
      return undefined;
    }
  }
}

/** Something was consumed or left alone for good, which must be committed even without an item. */
function hasMoved(before: FolderPosition | undefined, after: FolderPosition | undefined): boolean {
  return before?.uidValidity !== after?.uidValidity || before?.lastUid !== after?.lastUid;
}

function isOfFolder(error: ServiceError): boolean {
  return error.type === 'NotFound' || error.type === 'PermissionDenied' || error.type === 'InvalidInput';
}
