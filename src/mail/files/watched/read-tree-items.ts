import { join } from 'node:path';
import { ServiceError } from '../../../domain/service-error.ts';
import type { ItemsRequest, MailboxItem, MailboxItems } from '../../mailbox.ts';
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
): Promise<MailboxItems> {
  const wanted = new Set(keys);
  const items: MailboxItem[] = [];
  let bytes = 0;
  const isFull = () => bytes >= request.maxBytes;
  for (const entry of entries) {
    if (isFull()) return { items, gone: [] };
    if (entry.kind !== 'message' || !wanted.delete(entry.key)) continue;
    const item = await readMessage(root, entry, request);
    if (item !== undefined) take(item);
    request.onProgress(items.length);
  }
  let isComplete = true;
  for (const entry of entries) {
    if (wanted.size === 0 || isFull()) break;
    if (entry.kind === 'container') isComplete = (await pick(entry)) && isComplete;
  }
  // Where not all could be looked through, nobody knows.
  return { items, gone: isComplete && !isFull() ? [...wanted] : [] };

  function take(item: MailboxItem): void {
    items.push(item);
    bytes += item.raw?.byteLength ?? 0;
  }

  /** False when the container cannot be read. */
  async function pick(entry: FileEntry): Promise<boolean> {
    try {
      const mailbox = await openFilesMailbox(join(root, entry.path));
      let cursor: string | undefined;
      for (let done = false; !done && wanted.size > 0 && !isFull(); ) {
        const read = await mailbox.readPage({ ...request, cursor, maxItems: PAGE, maxBytes: PAGE_BYTES });
        for (const item of read.items) if (wanted.delete(item.providerKey)) take(item);
        ({ cursor, done } = read);
      }
      return true;
    } catch (error) {
      if (!(error instanceof ServiceError) || error.type === 'Unavailable') throw error;
      return false;
    }
  }
}
