import { basename } from 'node:path';
import type { Mailbox, MailboxItem, MailboxPage, PageRequest } from '../mailbox.ts';
import { createPageCollector } from './create-page-collector.ts';
import type { MailFileEntry } from './list-mail-files.ts';
import { mapBounded } from './map-bounded.ts';
import { parseCursor } from './parse-cursor.ts';
import { readLargeFile } from './read-large-file.ts';
import { readSmallFile } from './read-small-file.ts';
import { toFaultItem } from './to-fault-item.ts';

const PARALLEL_READS = 16;
const GROUP = 64;
const SCRATCH_BYTES = 64 * 1024;
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

  async function relist(): Promise<readonly MailFileEntry[]> {
    known = await list();
    return known;
  }

  async function readPage(request: PageRequest): Promise<MailboxPage> {
    const start = parseCursor(request.cursor, START);
    let fresh = known === undefined;
    let entries = known ?? (await relist());
    if (!fresh && countUpTo(entries, start.after) >= entries.length) {
      entries = await relist();
      fresh = true;
    }
    const from = countUpTo(entries, start.after);
    const items = await readEntries(root, entries.slice(from, from + request.maxItems), request);
    const to = from + items.length;
    const after = items.length === 0 ? start.after : (entries[to - 1]?.path ?? start.after);
    if (!fresh && to >= entries.length) entries = await relist();
    const behind = countUpTo(entries, after);
    const done = behind >= entries.length;
    const read = start.seen + items.length;
    if (done && behind > read) items.push(toLateItem(root, behind - read));
    const seen = done ? behind : read;
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

/** Reads entries in groups: small files in parallel, then a large one when its turn comes, one at a time. */
async function readEntries(
  root: string,
  entries: readonly MailFileEntry[],
  request: PageRequest,
): Promise<MailboxItem[]> {
  const page = createPageCollector(request);
  const alive = { ...request, onProgress: page.touch };
  const scratches: Buffer[] = [];
  for (let from = 0; from < entries.length; from += GROUP) {
    const group = entries.slice(from, from + GROUP);
    request.signal.throwIfAborted();
    const small = await mapBounded(group, PARALLEL_READS, async ({ path, fault }) => {
      if (fault !== undefined) return toFaultItem({ label: path, reason: fault });
      const scratch = scratches.pop() ?? Buffer.allocUnsafeSlow(SCRATCH_BYTES);
      const item = await readSmallFile(root, path, request, scratch);
      scratches.push(scratch);
      return item;
    });
    for (const [index, entry] of group.entries()) {
      const item = small[index] ?? (await readLargeFile(root, entry.path, alive));
      if (page.add(item)) return page.items;
    }
  }
  return page.items;
}

function toLateItem(root: string, count: number): MailboxItem {
  return toFaultItem({
    label: `${basename(root)}: ${count} late`,
    reason: `${count} file(s) were added behind the position of this import; import the folder again to read them.`,
  });
}
