import type { ServiceError } from '../../domain/service-error.ts';
import type { MailboxItem, MailboxPage, PageRequest } from '../mailbox.ts';
import type { ImapSession } from './create-session.ts';
import { formatCursor } from './format-cursor.ts';
import { type FolderPosition, type ImapCursor, parseCursor } from './parse-cursor.ts';
import { type FolderPage, readFolderPage } from './read-folder-page.ts';
import { toFolderFailure } from './to-folder-failure.ts';

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
  const read = createTally();
  let failure: ServiceError | undefined;
  const toPage = (at: string | undefined): MailboxPage => ({
    items: read.items,
    cursor: formatCursor({ at, folders: positions }),
    done: false,
    total: undefined,
    ...(read.tellsGone ? { gone: read.gone } : {}),
    ...(read.givenUp.length > 0 ? { givenUp: read.givenUp } : {}),
  });
  let last: string | undefined;
  for (const folder of toOrder(folders, cursor)) {
    const room = read.toRoom(request);
    if (room === undefined) return toPage(last);
    last = folder;
    try {
      const page = await readFolderPage(session, folder, positions.get(folder), room);
      read.add(page);
      const { backfill: _over, ...caughtUp } = page.position;
      positions.set(folder, page.exhausted ? caughtUp : page.position);
      if (!page.exhausted) return toPage(folder);
    } catch (error) {
      const own = await toFolderFailure(session, folders, error, request.signal);
      failure ??= own;
    }
  }
  if (failure === undefined) return { ...toPage(undefined), done: true, total: read.total };
  const moved = folders.some((folder) => hasMoved(cursor.folders.get(folder), positions.get(folder)));
  if (read.items.length === 0 && read.gone.length === 0 && !moved) throw failure;
  return toPage(undefined);
}

/** What the folders of a page gave so far. */
function createTally() {
  const items: MailboxItem[] = [];
  const gone: string[] = [];
  const givenUp: string[] = [];
  let bytes = 0;
  const tally = {
    items,
    gone,
    givenUp,
    tellsGone: false,
    total: 0,
    add(page: FolderPage): void {
      items.push(...page.items);
      gone.push(...page.gone);
      givenUp.push(...(page.givenUp ?? []));
      tally.tellsGone ||= page.tellsGone;
      tally.total += page.exists;
      bytes += page.items.reduce((sum, item) => sum + (item.raw?.byteLength ?? 0), 0);
    },
    /** For the next folder; undefined: the page is full. */
    toRoom(request: PageRequest): PageRequest | undefined {
      const before = items.length;
      if (before >= request.maxItems || bytes >= request.maxBytes) return undefined;
      return {
        ...request,
        maxItems: request.maxItems - before,
        maxBytes: request.maxBytes - bytes,
        onProgress: (count) => request.onProgress(before + count),
      };
    },
  };
  return tally;
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
