import { extname } from 'node:path';
import { isUtf8Name } from './disk-name.ts';
import { type FileEntry, toFileKey } from './file-entry.ts';
import { toFaultEntries } from './to-fault-entries.ts';
import { toOtherEntries } from './to-other-entries.ts';
import { walkTree } from './walk-tree.ts';

/** Names that are given while a file is copied. */
const UNFINISHED = /\.(?:tmp|part|crdownload)$/i;
const CONTAINERS = new Set(['.mbox', '.json', '.ndjson', '.jsonl', '.csv', '.tsv']);

/** Mail files at any depth, and what else lies there, as skipped; those that are hidden or still being copied (.tmp, .part, .crdownload) left out. */
export async function listFolder(root: string): Promise<FileEntry[]> {
  const tree = await walkTree(
    root,
    (name) => !name.startsWith('.') && kindOf(name) !== undefined,
    (name) => !name.startsWith('.'),
    (name) => !name.startsWith('.') && !UNFINISHED.test(name),
  );
  const entries = tree.files.map(({ path, stats }): FileEntry => {
    const isUtf8 = isUtf8Name(path);
    const isContainer = kindOf(path) === 'container';
    const changedAt = new Date(Math.max(stats.mtimeMs, stats.ctimeMs));
    return {
      path,
      kind: isUtf8 ? (kindOf(path) ?? 'message') : 'message',
      key: toFileKey(path, stats.size, stats.mtimeMs),
      size: stats.size,
      changedAt,
      receivedAt: undefined,
      isAtomic: false,
      skipped: isContainer && !isUtf8 ? 'Its name is not UTF-8: rename it' : undefined,
      fault: undefined,
    };
  });
  const all = [...entries, ...toOtherEntries(tree.others), ...toFaultEntries(tree.faults)];
  return all.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function kindOf(name: string): FileEntry['kind'] | undefined {
  const extension = extname(name).toLowerCase();
  if (extension === '.eml') return 'message';
  return CONTAINERS.has(extension) ? 'container' : undefined;
}
