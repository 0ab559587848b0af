import type { Account } from '../../src/domain/account.ts';
import { hasMailbox } from '../../src/domain/has-mailbox.ts';
import { ServiceError } from '../../src/domain/service-error.ts';

/** Throws Conflict for an account whose mailbox is not to be looked through just now. */
export function assertAuditable(account: Account): void {
  const { id, state, stateReason } = account;
  if (!hasMailbox(account)) {
    throw new ServiceError('Conflict', 'A files account without a folder has no mailbox to compare with', {
      fix: 'Its imports are accounted for by batch: GET /api/batches.',
    });
  }
  if (state === 'removed') {
    throw new ServiceError('Conflict', `The account "${id}" was removed: its mailbox is not read any more`, {
      fix: 'What the last audit found stays readable.',
    });
  }
  if (state === 'paused') {
    throw new ServiceError('Conflict', `The account is paused: ${stateReason ?? 'by hand'}`, {
      fix: `Mend that, then POST /api/accounts/${id}/resume.`,
    });
  }
}
