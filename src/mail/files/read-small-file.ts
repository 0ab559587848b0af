import { read } from 'node:fs';
import { promisify } from 'node:util';
import type { MailboxItem, PageRequest } from '../mailbox.ts';
import { toMessageItem } from './to-message-item.ts';
import { withMailFile } from './with-mail-file.ts';

const readFile = promisify(read) as (
  fd: number,
  buffer: Buffer,
  offset: number,
  length: number,
  position: number,
) => Promise<{ bytesRead: number }>;

/** Reads a file that fits in `scratch` in one go; undefined when it does not. `scratch` may be used again then. */
export async function readSmallFile(
  root: string,
  path: string,
  request: PageRequest,
  scratch: Buffer,
): Promise<MailboxItem | undefined> {
  return withMailFile(root, path, request.signal, async (fd) => {
    const { bytesRead } = await readFile(fd, scratch, 0, scratch.length, 0);
    if (bytesRead === scratch.length) return undefined;
    return toMessageItem(Buffer.from(scratch.subarray(0, bytesRead)), path, request.maxMessageBytes);
  });
}
