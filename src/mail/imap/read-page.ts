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
export async function readPage(session: ImapSession, request: PageRequest): Promise<MailboxPage> {
  const { folders } = session.settings;
  const cursor = parseCursor(request.cursor);
  const positions = new Map(cursor.folders);
  const items: MailboxItem[] = [];
  let bytes = 0;
  let total = 0;
  let failure: ServiceError | undefined;
  // A folder that left the settings is -1: begin with the first.
  const first = Math.max(0, cursor.at === undefined ? 0 : folders.indexOf(cursor.at));
  for (const [index, folder] of folders.entries()) {
    if (index < first) continue;
    const isFull = items.length >= request.maxItems || bytes >= request.maxBytes;
    if (isFull) return toPage(items, positions, folder);
    const page = await readOrRemember(folder);
    if (page === undefined) continue;
    items.push(...page.items);
    bytes += page.items.reduce((sum, item) => sum + (item.raw?.byteLength ?? 0), 0);
    total += page.exists;
    positions.set(folder, page.position);
    if (!page.exhausted) return toPage(items, positions, folder);
  }
  if (failure === undefined) {
    return { ...toPage(items, positions, undefined), done: true, total: first === 0 ? total : undefined };
  }
  if (items.length === 0) throw failure;
  return toPage(items, positions, undefined);

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

function isOfFolder(error: ServiceError): boolean {
  return error.type === 'NotFound' || error.type === 'PermissionDenied' || error.type === 'InvalidInput';
}

function toPage(
  items: MailboxItem[],
  positions: ReadonlyMap<string, FolderPosition>,
  at: string | undefined,
): MailboxPage {
  return { items, cursor: formatCursor({ at, folders: positions }), done: false, total: undefined };
}
