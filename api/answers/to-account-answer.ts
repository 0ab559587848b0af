import type { z } from 'zod';
import type { AccountRow } from '../../db/account-store.ts';
import { type ModelSpend, NOTHING_SPENT } from '../../src/domain/model-budget.ts';
import type { Account } from '../schemas/account.ts';

/** The secret is not part of a row, so it cannot get out here. */
export function toAccountAnswer(
  { modelTokensPerDay, ...row }: AccountRow,
  spent: ModelSpend = NOTHING_SPENT,
  usualTokensPerDay?: number,
): z.output<typeof Account> {
  return {
    ...row,
    modelBudget: {
      tokensPerDay: modelTokensPerDay ?? usualTokensPerDay ?? null,
      own: modelTokensPerDay !== undefined,
      ...spent,
    },
    stateReason: row.stateReason ?? null,
    imap: row.imap ? { ...row.imap, folders: [...row.imap.folders] } : null,
    lastPullAt: row.lastPullAt ?? null,
    lastPullError: row.lastPullError ?? null,
  };
}
