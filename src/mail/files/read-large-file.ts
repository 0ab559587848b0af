import { createHash } from 'node:crypto';
import { fstat, read, type Stats } from 'node:fs';
import { promisify } from 'node:util';
import type { MailboxItem, PageRequest } from '../mailbox.ts';
import { toFaultItem } from './to-fault-item.ts';
import { toMessageItem } from './to-message-item.ts';
import { withMailFile } from './with-mail-file.ts';

const statFile = promisify(fstat) as (fd: number) => Promise<Stats>;
const readFile = promisify(read) as (
  fd: number,
  buffer: Buffer,
  offset: number,
  length: number,
  position: number,
) => Promise<{ bytesRead: number }>;

const HASH_CHUNK = 1024 * 1024;

/** Reads a file of any size; one over the limit is hashed in pieces and becomes a fault item. */
export async function readLargeFile(root: string, path: string, request: PageRequest): Promise<MailboxItem> {
  return withMailFile(root, path, request.signal, (fd) => readOpened(fd, path, request));
}

async function readOpened(fd: number, label: string, request: PageRequest): Promise<MailboxItem> {
  const stats = await statFile(fd);
  if (!stats.isFile()) return toFaultItem({ label, reason: 'It is not a regular file.' });
  if (stats.size > request.maxMessageBytes) return hashOversize(fd, label, request);
  // One byte more than it had: a file that grows meanwhile is noticed.
  const buffer = Buffer.allocUnsafeSlow(stats.size + 1);
  let filled = 0;
  for (;;) {
    const { bytesRead } = await readFile(fd, buffer, filled, buffer.length - filled, filled);
    filled += bytesRead;
    if (bytesRead === 0) break;
    if (filled === buffer.length) {
      return toFaultItem({ label, size: filled, reason: 'It grew while it was read.' });
    }
  }
  return toMessageItem(buffer.subarray(0, filled), label, request.maxMessageBytes);
}

async function hashOversize(fd: number, label: string, request: PageRequest): Promise<MailboxItem> {
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafe(HASH_CHUNK);
  let size = 0;
  for (;;) {
    request.signal.throwIfAborted();
    const { bytesRead } = await readFile(fd, buffer, 0, HASH_CHUNK, size);
    if (bytesRead === 0) break;
    hash.update(buffer.subarray(0, bytesRead));
    size += bytesRead;
    // Nothing arrived, but the caller must hear that this is alive.
    request.onProgress(0);
  }
  const reason = `It has ${size} bytes; the limit is ${request.maxMessageBytes}.`;
  return toFaultItem({ label, key: `sha256:${hash.digest('hex')}`, size, reason });
}
