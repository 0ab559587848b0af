import { ServiceError } from '../../domain/service-error.ts';
import type { MailboxItem, MailboxPage, PageRequest } from '../mailbox.ts';
import type { GraphSession } from './create-session.ts';
import { formatCursor } from './format-cursor.ts';
import type { GraphCursor } from './graph-cursor.ts';
import { isPassing } from './is-passing.ts';
import { parseCursor } from './parse-cursor.ts';
import { besides, type FolderPage, readFolderPage } from './read-folder-page.ts';
import { toProviderKey } from './to-provider-key.ts';

/**
 * One page over all folders: new mail first, then what is still to be read of a folder that was switched on. A folder
 * that is gone does not hold up the others: they are read first, and the page after the last message fails with NotFound.
 */
export async function readPage(session: GraphSession, request: PageRequest): Promise<MailboxPage> {
  const { folders } = session.settings;
  const cursor = parseCursor(request.cursor);
  const positions = new Map(cursor.folders);
  const items: MailboxItem[] = [];
  const removed = new Set<string>();
  const present = new Set<string>();
  let bytes = 0;
  let failure: ServiceError | undefined;
  let last: string | undefined;
  for (const folder of toOrder(folders, cursor)) {
    const isFull = items.length >= request.maxItems || bytes >= request.maxBytes;
    if (isFull) return toPage(last, false);
    last = folder;
    const page = await readOrRemember(folder);
    if (page === 'later') return toPage(folder, false);
    if (page === undefined) continue;
    items.push(...page.items);
    bytes += page.items.reduce((sum, item) => sum + (item.raw?.byteLength ?? 0), 0);
    for (const id of page.removed) removed.add(toProviderKey(id));
    for (const id of page.present) present.add(toProviderKey(id));
    positions.set(folder, page.position);
    if (!page.exhausted) return toPage(folder, false);
  }
  if (failure !== undefined && items.length === 0) throw failure;
  return toPage(undefined, failure === undefined);

  async function readOrRemember(folder: string): Promise<FolderPage | 'later' | undefined> {
    const before = items.length;
    const room = {
      ...besides(request, items),
      maxItems: request.maxItems - before,
      maxBytes: request.maxBytes - bytes,
      onProgress: (count: number) => request.onProgress(before + count),
    };
    try {
      return await readFolderPage(session, folder, positions.get(folder), room);
    } catch (error) {
      if (before > 0 && isPassing(error)) return 'later';
      if (!(error instanceof ServiceError) || !isOfFolder(error)) throw error;
      failure ??= error;
      return undefined;
    }
  }

  function toPage(at: string | undefined, done: boolean): MailboxPage {
    // Moved from one of our folders to another it is still here.
    const here = new Set([...present, ...items.map(({ providerKey }) => providerKey)]);
    const text = formatCursor({ at, folders: positions });
    const waitMs = session.getWaitMs();
    const page = {
      items,
      cursor: text,
      done,
      total: undefined,
      gone: [...removed].filter((key) => !here.has(key)),
    };
    return done || waitMs === 0 ? page : { ...page, waitMs };
  }
}

/**
 * Those that were read to their end before, the one that filled the last page behind the others; then the backfill,
 * of which a folder that gave nothing but old mail lets the others go first.
 */
function toOrder(folders: readonly string[], { at, folders: positions }: GraphCursor): readonly string[] {
  const toRank = (folder: string) => {
    const { syncedAt, rest } = positions.get(folder) ?? {};
    if (syncedAt !== undefined) return folder === at ? 1 : 0;
    return folder === at && rest?.length === 0 ? 3 : 2;
  };
  return folders.toSorted((a, b) => toRank(a) - toRank(b));
}

function isOfFolder(error: ServiceError): boolean {
  return error.type === 'NotFound' || error.type === 'PermissionDenied' || error.type === 'InvalidInput';
}
