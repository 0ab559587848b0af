import { close, constants, open } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { promisify } from 'node:util';
import type { MailboxItem } from '../mailbox.ts';
import { toFaultItem } from './to-fault-item.ts';
import { toReadFault } from './to-read-fault.ts';
import { toDiskPath } from './watched/disk-name.ts';

// The callback API: a FileHandle costs twice the time on small files.
const openFile = promisify(open);
const closeFile = promisify(close);

// NONBLOCK: a pipe put in place of a listed file must not hang the import.
const FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** Opens one file below `root` and closes it again; what keeps it from being read becomes a fault item. */
export async function withMailFile<R>(
  root: string,
  path: string,
  signal: AbortSignal,
  use: (fd: number) => Promise<R>,
): Promise<R | MailboxItem> {
  try {
    const fd = await openInside(root, path);
    if (fd === undefined) {
      return toFaultItem({ label: path, reason: 'It is a link that leads out of the folder or nowhere.' });
    }
    try {
      return await use(fd);
    } finally {
      await closeFile(fd);
    }
  } catch (error) {
    signal.throwIfAborted();
    return toFaultItem({ label: path, ...toReadFault(error, path) });
  }
}

async function openInside(root: string, path: string): Promise<number | undefined> {
  try {
    return await openFile(toDiskPath(join(root, path)), FLAGS);
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
