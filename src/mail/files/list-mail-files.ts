import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { toReadFault } from './to-read-fault.ts';

/** `path` is relative to the folder, with `/`. `fault`: the entry itself cannot be read, and why. */
export interface MailFileEntry {
  readonly path: string;
  readonly fault: string | undefined;
}

export interface MailFileListing {
  /** Sorted by `path` in UTF-16 order, the same on every machine. */
  readonly entries: readonly MailFileEntry[];
  /** Hidden and other files that were passed over. */
  readonly ignored: number;
}

/**
 * All `.eml` files below `root`. Links to folders are not entered: those inside are reached anyway, those outside
 * must not be. A link to a file is listed and judged when it is read.
 */
export async function listMailFiles(root: string): Promise<MailFileListing> {
  const entries: MailFileEntry[] = [];
  let ignored = 0;
  const pending = [''];
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    const children = await readFolder(root, folder, entries);
    for (const child of children) {
      const path = `${folder}${child.name}`;
      if (child.name.startsWith('.')) ignored++;
      else if (child.isDirectory()) pending.push(`${path}/`);
      else if (isMailFile(child)) entries.push({ path, fault: undefined });
      else ignored++;
    }
  }
  entries.sort((a, b) => (a.path < b.path ? -1 : 1));
  return { entries, ignored };
}

function isMailFile(child: Dirent): boolean {
  return (child.isFile() || child.isSymbolicLink()) && child.name.toLowerCase().endsWith('.eml');
}

async function readFolder(root: string, folder: string, entries: MailFileEntry[]): Promise<Dirent[]> {
  try {
    return await readdir(join(root, folder), { withFileTypes: true });
  } catch (error) {
    entries.push({ path: folder === '' ? '.' : folder, fault: `The folder: ${toReadFault(error).reason}` });
    return [];
  }
}
