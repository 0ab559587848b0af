import { lstat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Mailbox, MailboxItem, MailboxPage, PageRequest } from '../mailbox.ts';
import type { MailFileEntry } from './list-mail-files.ts';
import { mapBounded } from './map-bounded.ts';
import { parseCursor } from './parse-cursor.ts';
import { readMailFile } from './read-mail-file.ts';
import { toFaultItem } from './to-fault-item.ts';

const PARALLEL_READS = 16;
const START = { kind: 'folder', after: '', seen: 0 };

/**
 * Pages through `.eml` files in name order; the cursor is the last name read and how many names were read.
 *
 * Files added ahead of the cursor while an import runs are read by it: the folder is listed again before `done`.
 * Files added behind it are not, for the cursor only goes forward; they are counted, and the last page says so
 * with one fault item. Importing the folder again reads them, and what was read before is a duplicate.
 */
export function createFolderMailbox(root: string, list: () => Promise<readonly MailFileEntry[]>): Mailbox {
  let known: readonly MailFileEntry[] | undefined;

  async function readPage(request: PageRequest): Promise<MailboxPage> {
    const start = parseCursor(request.cursor, START);
    let fresh = false;
    const refresh = async () => {
      fresh = true;
      known = await list();
      return known;
    };
    let entries = known ?? (await refresh());
    if (countUpTo(entries, start.after) >= entries.length && !fresh) entries = await refresh();
    const from = countUpTo(entries, start.after);
    const page = await planPage(root, entries.slice(from, from + request.maxItems), request.maxBytes);
    const items = await readEntries(root, page, request);
    const after = page.at(-1)?.path ?? start.after;
    if (from + page.length >= entries.length && !fresh) entries = await refresh();
    const behind = countUpTo(entries, after);
    const done = behind >= entries.length;
    const late = behind - (start.seen + page.length);
    if (done && late > 0) items.push(toLateItem(root, late));
    const seen = done ? behind : start.seen + page.length;
    return { items, cursor: JSON.stringify({ ...START, after, seen }), done, total: entries.length };
  }

  return { readPage, close: async () => undefined };
}

/** How many names are at or before `path`: a binary search, the entries are sorted. */
function countUpTo(entries: readonly MailFileEntry[], path: string): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((entries[middle]?.path ?? '') <= path) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The entries whose sizes fill `maxBytes`, one at least: known before any file is in memory. */
async function planPage(
  root: string,
  entries: readonly MailFileEntry[],
  maxBytes: number,
): Promise<readonly MailFileEntry[]> {
  const sizes = await mapBounded(entries, PARALLEL_READS, (entry) =>
    // What cannot be looked at holds no bytes here; reading it tells why.
    lstat(join(root, entry.path)).then(
      (stats) => stats.size,
      () => 0,
    ),
  );
  let bytes = 0;
  let count = 0;
  while (count < entries.length && bytes < maxBytes) bytes += sizes[count++] ?? 0;
  return entries.slice(0, count);
}

async function readEntries(
  root: string,
  entries: readonly MailFileEntry[],
  request: PageRequest,
): Promise<MailboxItem[]> {
  let arrived = 0;
  const alive = { ...request, onProgress: () => request.onProgress(arrived) };
  return mapBounded(entries, PARALLEL_READS, async (entry) => {
    request.signal.throwIfAborted();
    const item =
      entry.fault === undefined
        ? await readMailFile(root, entry.path, alive)
        : toFaultItem({ label: entry.path, reason: entry.fault });
    request.onProgress(++arrived);
    return item;
  });
}

function toLateItem(root: string, count: number): MailboxItem {
  return toFaultItem({
    label: `${basename(root)}: ${count} late`,
    reason: `${count} file(s) were added behind the position of this import; import the folder again to read them.`,
  });
}
