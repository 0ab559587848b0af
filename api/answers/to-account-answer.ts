import type { z } from 'zod';
import type { AccountRow } from '../../db/account-store.ts';
import type { Account } from '../schemas/account.ts';

/** The secret is not part of a row, so it cannot get out here. */
export function toAccountAnswer(row: AccountRow): z.output<typeof Account> {
  return {
    ...row,
    stateReason: row.stateReason ?? null,
    imap: row.imap ? { ...row.imap, folders: [...row.imap.folders] } : null,
    lastPullAt: row.lastPullAt ?? null,
    lastPullError: row.lastPullError ?? null,
  };
}
