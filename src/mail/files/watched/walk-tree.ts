import type { Dirent, Stats } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ServiceError } from '../../../domain/service-error.ts';
import { toReadFault } from '../to-read-fault.ts';
import { fromDiskName, toDiskPath, toPrintableName } from './disk-name.ts';

export interface FoundFile {
  readonly path: string;
  readonly stats: Stats;
}

export interface OtherFile extends FoundFile {
  /** Why it is none of the files. */
  readonly reason: 'no mail by its name' | 'a link' | 'not a file';
}

export interface FoundTree {
  readonly files: readonly FoundFile[];
  /** What lies beside them, at most 10,000. */
  readonly others: readonly OtherFile[];
  /** Folders that cannot be read, and why. */
  readonly faults: readonly { readonly path: string; readonly reason: string }[];
}

const DEEPEST = 64;
const MOST_FILES = 1_000_000;
const MOST_OTHERS = 10_000;
const PARALLEL = 64;

/**
 * The files below `root` that `isWanted` names, sorted by path, and of the others those that `isOther` names. Links are not followed: what lies inside is found anyway,
 * what lies outside is not ours. Throws Unavailable when the root itself cannot be listed: a share that is not mounted is
 * not an empty one.
 */
export async function walkTree(
  root: string,
  isWanted: (name: string, folder: string) => boolean,
  isEntered: (name: string, folder: string) => boolean,
  isOther: (name: string, folder: string) => boolean,
): Promise<FoundTree> {
  const names: string[] = [];
  const others = new Map<string, OtherFile['reason']>();
  const faults: { path: string; reason: string }[] = [];
  const pending = [''];
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    for (const child of await readFolder(root, folder, faults)) {
      const name = fromDiskName(child.name);
      const path = `${folder}${name}`;
      if (child.isDirectory()) {
        if (!isEntered(name, folder)) continue;
        if (folder.split('/').length > DEEPEST)
          faults.push({ path, reason: `It lies deeper than ${DEEPEST} folders.` });
        else pending.push(`${path}/`);
      } else if (child.isFile() && isWanted(name, folder)) names.push(path);
      else if (others.size < MOST_OTHERS && isOther(name, folder)) others.set(path, toReason(child));
    }
    if (names.length > MOST_FILES) {
      throw new ServiceError('InvalidInput', `The folder holds more than ${MOST_FILES} files`, {
        fix: 'Move what was read long ago to another folder, or watch several folders as several accounts.',
      });
    }
  }
  names.sort((a, b) => (a < b ? -1 : 1));
  const found = await statAll(root, [...others.keys()]);
  return {
    files: (await statAll(root, names)).filter(({ stats }) => stats.isFile()),
    others: found.map((file) => ({ ...file, reason: others.get(file.path) ?? 'not a file' })),
    faults,
  };
}

function toReason(child: Dirent<Buffer>): OtherFile['reason'] {
  if (child.isSymbolicLink()) return 'a link';
  return child.isFile() ? 'no mail by its name' : 'not a file';
}

async function readFolder(
  root: string,
  folder: string,
  faults: { path: string; reason: string }[],
): Promise<Dirent<Buffer>[]> {
  try {
    return await readdir(toDiskPath(join(root, folder)), { withFileTypes: true, encoding: 'buffer' });
  } catch (error) {
    const { type, reason } = toReadFault(error);
    if (folder === '') {
      const fault = type === 'NotFound' ? 'There is no such folder.' : reason;
      throw new ServiceError('Unavailable', `The folder ${root} cannot be read: ${fault}`, {
        fix: 'Check that it is there, mounted, and readable for the user that the worker runs as.',
        cause: error,
      });
    }
    // Gone since its parent was listed.
    if (type !== 'NotFound') faults.push({ path: folder, reason });
    return [];
  }
}

async function statAll(root: string, names: readonly string[]): Promise<FoundFile[]> {
  const files: FoundFile[] = [];
  for (let from = 0; from < names.length; from += PARALLEL) {
    const group = names.slice(from, from + PARALLEL);
    const found = await Promise.all(group.map(async (path) => ({ path, stats: await statFile(root, path) })));
    for (const { path, stats } of found) if (stats !== undefined) files.push({ path, stats });
  }
  return files;
}

/** undefined: it is gone. */
async function statFile(root: string, path: string): Promise<Stats | undefined> {
  try {
    return await lstat(toDiskPath(join(root, path)));
  } catch (error) {
    if (toReadFault(error).type === 'NotFound') return undefined;
    throw new ServiceError('Unavailable', `${toPrintableName(path)} cannot be looked at`, { cause: error });
  }
}
