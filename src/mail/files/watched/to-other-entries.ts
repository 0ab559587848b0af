import { type FileEntry, toOtherKey } from './file-entry.ts';
import type { OtherFile } from './walk-tree.ts';

/** What is put beside the mail and is none, so that it is told of and not passed over. */
export function toOtherEntries(others: readonly OtherFile[]): FileEntry[] {
  return others.map(({ path, stats, reason }) => ({
    path,
    kind: 'other',
    key: toOtherKey(path),
    size: stats.size,
    changedAt: new Date(Math.max(stats.mtimeMs, stats.ctimeMs)),
    receivedAt: undefined,
    isAtomic: true,
    skipped: reason,
    fault: undefined,
  }));
}
