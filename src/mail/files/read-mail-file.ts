import { createHash } from 'node:crypto';
import { close, constants, fstat, open, read, type Stats } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { promisify } from 'node:util';
import type { MailboxItem, PageRequest } from '../mailbox.ts';
import { toFaultItem } from './to-fault-item.ts';
import { toMessageItem } from './to-message-item.ts';
import { toReadFault } from './to-read-fault.ts';

// The callback API: a FileHandle costs twice the time on small files.
const openFile = promisify(open);
const statFile = promisify(fstat) as (fd: number) => Promise<Stats>;
const readFile = promisify(read) as (
  fd: number,
  buffer: Buffer,
  offset: number,
  length: number,
  position: number,
) => Promise<{ bytesRead: number }>;
const closeFile = promisify(close);

// NONBLOCK: a pipe put in place of a listed file must not hang the import.
const FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
const HASH_CHUNK = 1024 * 1024;

/** Reads one `.eml` below `root`; whatever is wrong with it becomes a fault item. */
export async function readMailFile(root: string, path: string, request: PageRequest): Promise<MailboxItem> {
  try {
    const fd = await openInside(root, path);
    if (fd === undefined) {
      return toFaultItem({ label: path, reason: 'It is a link that leads out of the folder or nowhere.' });
    }
    try {
      return await readOpened(fd, path, request);
    } finally {
      await closeFile(fd);
    }
  } catch (error) {
    request.signal.throwIfAborted();
    return toFaultItem({ label: path, ...toReadFault(error) });
  }
}

async function openInside(root: string, path: string): Promise<number | undefined> {
  try {
    return await openFile(join(root, path), FLAGS);
  } catch (error) {
    // NOFOLLOW answers ELOOP for a link (EMLINK on FreeBSD): only then the target is looked at.
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code !== 'ELOOP' && code !== 'EMLINK') throw error;
  }
  const base = await realpath(root);
  const target = await realpath(join(root, path)).catch(() => undefined);
  if (target === undefined || !target.startsWith(base.endsWith(sep) ? base : base + sep)) return undefined;
  return openFile(target, FLAGS);
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
