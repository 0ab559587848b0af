import type { Account } from './account.ts';

/** Whether there is anything to pull, to list and to watch: a files account without a folder only takes imports. */
export function hasMailbox({ kind, files }: Pick<Account, 'kind' | 'files'>): boolean {
  return kind !== 'files' || files !== undefined;
}
