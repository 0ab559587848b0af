import { join } from 'node:path';
import { ServiceError } from '../../../domain/service-error.ts';
import type { ItemsRequest, MailboxItem } from '../../mailbox.ts';
import { openFilesMailbox } from '../open-files-mailbox.ts';
import type { FileEntry } from './file-entry.ts';
import { readMessage } from './read-tree-page.ts';

const PAGE = 200;
const PAGE_BYTES = 32 * 1024 * 1024;

/** These messages, wherever they lie; what is not among the files is looked for in the containers. */
export async function readTreeItems(
  root: string,
  entries: readonly FileEntry[],
  keys: readonly string[],
  request: ItemsRequest,
): Promise<MailboxItem[]> {
  const wanted = new Set(keys);
  const items: MailboxItem[] = [];
  for (const entry of entries) {
    if (entry.kind === 'container' || !wanted.delete(entry.key)) continue;
    const item = await readMessage(root, entry, request);
    if (item !== undefined) items.push(item);
    request.onProgress(items.length);
  }
  for (const entry of entries) {
    if (wanted.size === 0) break;
    if (entry.kind === 'container') items.push(...(await pick(root, entry, wanted, request)));
  }
  return items;
}

async function pick(
  root: string,
  entry: FileEntry,
  wanted: Set<string>,
  request: ItemsRequest,
): Promise<MailboxItem[]> {
  const items: MailboxItem[] = [];
  try {
    const mailbox = await openFilesMailbox(join(root, entry.path));
    let cursor: string | undefined;
    for (let done = false; !done && wanted.size > 0; ) {
      const read = await mailbox.readPage({ ...request, cursor, maxItems: PAGE, maxBytes: PAGE_BYTES });
      items.push(...read.items.filter(({ providerKey }) => wanted.delete(providerKey)));
      ({ cursor, done } = read);
    }
  } catch (error) {
    if (!(error instanceof ServiceError) || error.type === 'Unavailable') throw error;
  }
  return items;
}
