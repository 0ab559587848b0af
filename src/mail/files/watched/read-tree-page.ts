import { join } from 'node:path';
import { ServiceError } from '../../../domain/service-error.ts';
import type { MailboxItem, MailboxPage, PageRequest } from '../../mailbox.ts';
import { createPageCollector, type PageCollector } from '../create-page-collector.ts';
import { openFilesMailbox } from '../open-files-mailbox.ts';
import { readLargeFile } from '../read-large-file.ts';
import { toFaultItem } from '../to-fault-item.ts';
import { toPrintableName } from './disk-name.ts';
import type { FileEntry } from './file-entry.ts';
import { isSettled } from './is-settled.ts';
import { parseTreeCursor, type TreeCursor, toPrint, withPrint } from './tree-cursor.ts';

const LOOK_UP = 500;

/**
 * One page of a pass over the tree, in the order of paths. What is known is not opened; what is still being written is
 * left for a later pass. A container is read once for each content that it had.
 */
export async function readTreePage(
  root: string,
  entries: readonly FileEntry[],
  request: PageRequest,
  now: number,
): Promise<MailboxPage> {
  let cursor = parseTreeCursor(request.cursor, request.since);
  if (cursor.began === 0) cursor = { ...cursor, began: now };
  const page = createPageCollector(request);
  const due = entries.filter((entry) => entry.path >= cursor.after && isDue(entry, cursor, now));
  const finish = (done: boolean): MailboxPage => ({
    items: page.items,
    cursor: JSON.stringify(cursor),
    done,
    total: undefined,
  });
  for (let from = 0; from < due.length; from += LOOK_UP) {
    const group = due.slice(from, from + LOOK_UP);
    const known = await findKnown(group, request);
    for (const entry of group) {
      request.signal.throwIfAborted();
      if (entry.path === cursor.after && cursor.inside === null) continue;
      if (entry.kind === 'container') {
        cursor = await readContainer(root, entry, cursor, page, request);
        if (cursor.inside !== null || isFull(page, request)) return finish(false);
        continue;
      }
      cursor = { ...cursor, after: entry.path, inside: null };
      if (known.has(entry.key)) page.touch();
      else {
        const item = await readMessage(root, entry, request);
        if (item !== undefined && page.add(item)) return finish(false);
      }
    }
  }
  cursor = { ...cursor, syncedAt: cursor.began, began: 0, after: '', inside: null };
  return finish(true);
}

function isDue(entry: FileEntry, { since, read }: TreeCursor, now: number): boolean {
  if (entry.skipped !== undefined || entry.changedAt.getTime() < since) return entry.fault !== undefined;
  if (!isSettled(entry, now)) return false;
  return entry.kind === 'message' || !read.includes(toPrint(entry.key));
}

async function findKnown(
  group: readonly FileEntry[],
  { findKnown: ask }: PageRequest,
): Promise<ReadonlySet<string>> {
  const keys = group.filter(({ kind, key }) => kind === 'message' && key !== '').map(({ key }) => key);
  return ask === undefined || keys.length === 0 ? new Set() : ask(keys);
}

/** undefined: it was moved or written since it was listed, and is found again under its new name or size. */
export async function readMessage(
  root: string,
  entry: FileEntry,
  request: Pick<PageRequest, 'maxMessageBytes' | 'signal' | 'onProgress'>,
): Promise<MailboxItem | undefined> {
  const label = toPrintableName(entry.path);
  if (entry.fault !== undefined) return toFaultItem({ label, reason: entry.fault });
  const full: PageRequest = {
    cursor: undefined,
    maxItems: 1,
    maxBytes: Number.POSITIVE_INFINITY,
    ...request,
  };
  const item = await readLargeFile(root, entry.path, full);
  if (item.fault?.type === 'NotFound' || (item.size > 0 && item.size !== entry.size)) return undefined;
  return { ...item, providerKey: entry.key, label, receivedAt: entry.receivedAt };
}

async function readContainer(
  root: string,
  entry: FileEntry,
  before: TreeCursor,
  page: PageCollector,
  request: PageRequest,
): Promise<TreeCursor> {
  const print = toPrint(entry.key);
  const inside =
    before.after === entry.path && before.inside?.print === print ? before.inside.cursor : undefined;
  const cursor: TreeCursor = { ...before, after: entry.path, inside: null };
  const bytes = page.items.reduce((sum, { raw }) => sum + (raw?.byteLength ?? 0), 0);
  try {
    const mailbox = await openFilesMailbox(join(root, entry.path));
    const read = await mailbox.readPage({
      ...request,
      cursor: inside,
      maxItems: Math.max(1, request.maxItems - page.items.length),
      maxBytes: Math.max(1, request.maxBytes - bytes),
      onProgress: page.touch,
    });
    for (const item of read.items) page.add({ ...item, label: `${entry.path}: ${item.label}` });
    if (!read.done) return { ...cursor, inside: { print, cursor: read.cursor } };
  } catch (error) {
    if (!(error instanceof ServiceError) || error.type === 'Unavailable') throw error;
    page.add(
      toFaultItem({ label: entry.path, key: `unread:${print}`, size: entry.size, reason: error.message }),
    );
  }
  return { ...cursor, read: withPrint(cursor.read, print) };
}

function isFull({ items }: PageCollector, { maxItems, maxBytes }: PageRequest): boolean {
  return (
    items.length >= maxItems || items.reduce((sum, { raw }) => sum + (raw?.byteLength ?? 0), 0) >= maxBytes
  );
}
