import type { FileEntry } from './file-entry.ts';

/** Folders that cannot be read, so that they are told of and not passed over. */
export function toFaultEntries(
  faults: readonly { readonly path: string; readonly reason: string }[],
): FileEntry[] {
  return faults.map(({ path, reason }) => ({
    path,
    kind: 'message',
    key: '',
    size: 0,
    changedAt: new Date(0),
    receivedAt: undefined,
    isAtomic: true,
    skipped: undefined,
    fault: `The folder: ${reason}`,
  }));
}
