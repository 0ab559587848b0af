import { ServiceError } from '../../domain/service-error.ts';
import type { MailboxItem, MailboxPage, PageRequest } from '../mailbox.ts';
import type { ImapSession } from './create-session.ts';
import { formatCursor } from './format-cursor.ts';
import { type FolderPosition, type ImapCursor, parseCursor } from './parse-cursor.ts';
import { type FolderPage, readFolderPage } from './read-folder-page.ts';

const OF_FOLDER: ReadonlySet<string> = new Set(['NotFound', 'PermissionDenied', 'InvalidInput']);

/**
 * One page over all folders: new mail first, then what is still to be read of a folder that was switched on. A folder
 * that is gone or refused does not hold up the others: they are read first, and the page after the last message fails.
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
  let last: string | undefined;
  for (const folder of toOrder(folders, cursor)) {
    const isFull = items.length >= request.maxItems || bytes >= request.maxBytes;
    if (isFull) return toPage(last);
    last = folder;
    const page = await readOrRemember(folder);
    if (page === undefined) continue;
    items.push(...page.items);
    gone.push(...page.gone);
    tellsGone ||= page.tellsGone;
    bytes += page.items.reduce((sum, item) => sum + (item.raw?.byteLength ?? 0), 0);
    total += page.exists;
    const { backfill: _over, ...caughtUp } = page.position;
    positions.set(folder, page.exhausted ? caughtUp : page.position);
    if (!page.exhausted) return toPage(folder);
  }
  if (failure === undefined) {
    return { ...toPage(undefined), done: true, total };
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
      if (!(error instanceof ServiceError)) throw error;
      const isOfFolder = OF_FOLDER.has(error.type) || (error.type === 'Unavailable' && (await answers()));
      if (!isOfFolder) throw error;
      failure ??= error;
      return undefined;
    }
  }

  /** A server that answers refused this folder alone, whatever its reason. */
  async function answers(): Promise<boolean> {
    if (folders.length === 1) return false;
    return session
      .run(request.signal, (client) => client.noop())
      .then(
        () => true,
        (error: unknown) => {
          if (error instanceof ServiceError) return false;
          throw error;
        },
      );
  }
}

/** Those that were read to their end before, the one that filled the last page behind the others; then the backfill. */
function toOrder(folders: readonly string[], { at, folders: positions }: ImapCursor): readonly string[] {
  const toRank = (folder: string) => {
    const position = positions.get(folder);
    if (position === undefined || position.backfill === true) return 2;
    return folder === at ? 1 : 0;
  };
  return folders.toSorted((a, b) => toRank(a) - toRank(b));
}

/** Something was consumed or left alone for good, which must be committed even without an item. */
function hasMoved(before: FolderPosition | undefined, after: FolderPosition | undefined): boolean {
  return before?.uidValidity !== after?.uidValidity || before?.lastUid !== after?.lastUid;
}
