import { link, mkdir, rename, unlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { ServiceError } from '../../../domain/service-error.ts';
import type { MailboxMark } from '../../mailbox.ts';
import { toReadFault } from '../to-read-fault.ts';
import { toDiskPath } from './disk-name.ts';
import type { FileEntry } from './file-entry.ts';

const FLAGS = /:2,([A-Za-z]{0,52})$/;

/** A message file is moved into a folder of that name below the root. Files keep neither flags nor labels. */
export async function markFile(root: string, entry: FileEntry, { folder }: MailboxMark): Promise<boolean> {
  if (folder === undefined || entry.kind === 'container') return true;
  assertInside(folder);
  if (entry.path.startsWith(`${folder}/`)) return true;
  await mkdir(join(root, folder), { recursive: true });
  return move(join(root, entry.path), join(root, folder, basename(entry.path)));
}

/** The flag S, and a Maildir++ folder of that name (`.Done`). A Maildir has no place for labels. */
export async function markMaildir(root: string, entry: FileEntry, mark: MailboxMark): Promise<boolean> {
  const [place = '', name = ''] = splitPlace(entry.path);
  const marked = mark.seen ? withSeen(name) : name;
  const home = mark.folder === undefined ? place.replace(/(?:new|cur)$/, '') : `${toFolder(mark.folder)}/`;
  const isRead = mark.seen || place.endsWith('cur');
  const target = `${home}${isRead ? 'cur' : 'new'}/${marked}`;
  if (target === entry.path) return true;
  if (mark.folder !== undefined) {
    for (const part of ['cur', 'new', 'tmp'])
      await mkdir(toDiskPath(join(root, home, part)), { recursive: true });
  }
  return move(join(root, entry.path), join(root, target));
}

function splitPlace(path: string): [string, string] {
  const cut = path.lastIndexOf('/');
  return [path.slice(0, cut), path.slice(cut + 1)];
}

/** Flags stand in the order of their letters (cr.yp.to/proto/maildir.html). */
function withSeen(name: string): string {
  const flags = new Set(FLAGS.exec(name)?.[1] ?? '').add('S');
  return `${name.replace(FLAGS, '')}:2,${[...flags].sort().join('')}`;
}

function toFolder(name: string): string {
  assertInside(name);
  return `.${name.split('/').join('.')}`;
}

function assertInside(folder: string): void {
  const steps = folder.split('/');
  const isSafe = steps.every((step) => step !== '' && !step.startsWith('.')) && !/[\\\0]/.test(folder);
  if (isSafe && folder.length <= 200) return;
  throw new ServiceError('InvalidInput', 'The folder to move to is no name of a folder', {
    fix: 'Name a folder below the watched one: Done, or 2026/Done.',
  });
}

/** False when it is gone. Never over a file that is there: link fails where rename would replace. */
async function move(from: string, to: string): Promise<boolean> {
  try {
    await link(toDiskPath(from), toDiskPath(to));
    await unlink(toDiskPath(from));
    return true;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === 'ENOENT') return false;
    // A file system without hard links, a share for instance.
    if (code === 'EPERM' || code === 'ENOTSUP' || code === 'ENOSYS') return moveByName(from, to);
    throw toFailure(error, code);
  }
}

async function moveByName(from: string, to: string): Promise<boolean> {
  try {
    await rename(toDiskPath(from), toDiskPath(to));
    return true;
  } catch (error) {
    throw toFailure(error, error instanceof Error && 'code' in error ? String(error.code) : '');
  }
}

function toFailure(error: unknown, code: string): ServiceError {
  if (code === 'EEXIST') {
    return new ServiceError('Conflict', 'A file of that name is in the folder already', { cause: error });
  }
  return new ServiceError('PermissionDenied', `The file cannot be moved: ${toReadFault(error).reason}`, {
    fix: 'Let the user that the worker runs as write to the folder, or set no write-back.',
    cause: error,
  });
}
