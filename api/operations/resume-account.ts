import type { ApiDependencies } from '../dependencies.ts';
import { endWait } from './end-wait.ts';
import { getAccountInUse } from './get-account-in-use.ts';

/** Resumes an account and has it pulled at once, whatever wait its provider asked for; also makes a schedule that is missing. */
export async function resumeAccount(
  deps: Pick<ApiDependencies, 'accounts' | 'controls' | 'schedules'>,
  id: string,
): Promise<void> {
  const account = await getAccountInUse(deps, id);
  await deps.accounts.changeState(id, 'active', undefined);
  await endWait(deps, id);
  if (account.mode === 'manual') return;
  await deps.schedules.ensure({ ...account, state: 'active', stateReason: undefined });
  await deps.schedules.resume(id);
}
