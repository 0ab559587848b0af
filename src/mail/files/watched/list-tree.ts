import { join } from 'node:path';
import { ServiceError } from '../../../domain/service-error.ts';
import type { ListRequest, MailboxEntry } from '../../mailbox.ts';
import { openFilesMailbox } from '../open-files-mailbox.ts';
import { toPrintableName } from './disk-name.ts';
import type { FileEntry } from './file-entry.ts';
import { isSettled } from './is-settled.ts';
import { parseTreeCursor, type TreeCursor, toPrint } from './tree-cursor.ts';

const PAGE = 1_000;
/** A file may be given its name a moment after it was written, and after the pass that it is older than. */
const MARGIN_MS = 60_000;
const CONTAINER_BYTES = 32 * 1024 * 1024;

/** All that the tree holds, messages within containers too; those have to be read for it. */
export async function* listTree(
  root: string,
  entries: readonly FileEntry[],
  request: ListRequest,
  now: number,
): AsyncGenerator<readonly MailboxEntry[]> {
  const cursor = parseTreeCursor(request.cursor, request.since);
  let page: MailboxEntry[] = [];
  let listed = 0;
  for (const entry of entries) {
    request.signal.throwIfAborted();
    if (entry.fault !== undefined) continue;
    if (entry.kind === 'container') {
      for await (const inside of listContainer(root, entry, cursor, request)) {
        yield inside;
        listed += inside.length;
        request.onProgress(listed);
      }
      continue;
    }
    page.push({
      providerKey: entry.key,
      receivedAt: entry.changedAt,
      label: toPrintableName(entry.path),
      passed: isSettled(entry, now) && entry.changedAt.getTime() < cursor.syncedAt - MARGIN_MS,
      skipped: findSkip(entry, cursor),
    });
    if (page.length < PAGE) continue;
    listed += page.length;
    request.onProgress(listed);
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}

function findSkip({ skipped, changedAt }: FileEntry, { since }: TreeCursor): string | undefined {
  return (
    skipped ?? (changedAt.getTime() < since ? 'It came before the days that are looked back' : undefined)
  );
}

async function* listContainer(
  root: string,
  entry: FileEntry,
  treeCursor: TreeCursor,
  { signal, onProgress }: ListRequest,
): AsyncGenerator<readonly MailboxEntry[]> {
  const passed = treeCursor.read.includes(toPrint(entry.key));
  const skipped = findSkip(entry, treeCursor);
  try {
    const mailbox = await openFilesMailbox(join(root, entry.path));
    let cursor: string | undefined;
    for (let done = false; !done; ) {
      const read = await mailbox.readPage({
        cursor,
        maxItems: PAGE,
        maxBytes: CONTAINER_BYTES,
        maxMessageBytes: CONTAINER_BYTES,
        signal,
        onProgress,
      });
      yield read.items.map(({ providerKey, receivedAt, label }) => ({
        providerKey,
        receivedAt,
        label: `${entry.path}: ${label}`,
        passed,
        skipped,
      }));
      ({ cursor, done } = read);
    }
  } catch (error) {
    // A container that cannot be read is one entry of the quarantine; its messages cannot be told apart.
    if (!(error instanceof ServiceError) || error.type === 'Unavailable') throw error;
  }
}
