import type { FileEntry } from './file-entry.ts';

/** What was written within this time may still be written. */
export const SETTLE_MS = 2_000;
/** For what does not end as a whole file does: its writer may only have paused. */
export const UNFINISHED_MS = 10_000;

/** False while a file may still be written. A time in the future is that of another machine's clock, and says nothing. */
export function isSettled(
  { changedAt, isAtomic, isUnfinished }: Pick<FileEntry, 'changedAt' | 'isAtomic' | 'isUnfinished'>,
  now: number,
): boolean {
  if (isAtomic) return true;
  const age = now - changedAt.getTime();
  return age < 0 || age >= (isUnfinished === true ? UNFINISHED_MS : SETTLE_MS);
}
