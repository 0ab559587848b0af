import { hasMailbox } from '../../src/domain/has-mailbox.ts';
import { ServiceError } from '../../src/domain/service-error.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { endWait } from './end-wait.ts';
import { getAccountInUse } from './get-account-in-use.ts';

/** Pulls an account now, outside of its schedule, also when its provider had asked for a wait. */
export async function pullAccount(
  deps: Pick<ApiDependencies, 'accounts' | 'controls'>,
  id: string,
): Promise<void> {
  const account = await getAccountInUse(deps, id);
  if (!hasMailbox(account)) {
    throw new ServiceError('Conflict', `The account "${id}" watches no folder and has nothing to pull`, {
      fix: 'Import into it instead: POST /api/batches.',
    });
  }
  if (account.mode === 'auto') {
    throw new ServiceError('Conflict', `The account "${id}" is read only by its schedule (mode auto)`, {
      fix: `It is pulled every ${account.pullEverySeconds} s. Accounts in mode hybrid or manual are pulled on demand.`,
    });
  }
  if (account.state === 'paused') {
    throw new ServiceError('Conflict', `The account is paused: ${account.stateReason ?? 'no reason given'}`, {
      fix: `Mend that, then POST /api/accounts/${id}/resume.`,
    });
  }
  await endWait(deps, id);
  await deps.controls.pullNow(id);
}
