import { hasMailbox } from '../../src/domain/has-mailbox.ts';
import { ServiceError } from '../../src/domain/service-error.ts';
import type { ApiDependencies } from '../dependencies.ts';

/** Compares the mailbox of an account with our rows, now. One that is under way is joined. */
export async function startAudit(
  deps: Pick<ApiDependencies, 'accounts' | 'controls'>,
  id: string,
): Promise<void> {
  const account = await deps.accounts.get(id);
  if (!hasMailbox(account)) {
    throw new ServiceError('Conflict', 'A files account without a folder has no mailbox to compare with', {
      fix: 'Its imports are accounted for by batch: GET /api/batches.',
    });
  }
  if (account.state !== 'active') {
    throw new ServiceError(
      'Conflict',
      `The account is ${account.state}: ${account.stateReason ?? 'by hand'}`,
      {
        fix: `Mend that, then POST /api/accounts/${id}/resume.`,
      },
    );
  }
  await deps.controls.auditNow(id);
}
