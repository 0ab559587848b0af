import type { ApiDependencies } from '../dependencies.ts';
import { endWait } from './end-wait.ts';
import { getAccountInUse } from './get-account-in-use.ts';

/** Resumes an account and has it pulled at once, whatever wait its provider asked for; also makes a schedule that is missing. */
export async function resumeAccount(
  deps: Pick<ApiDependencies, 'accounts' | 'controls' | 'schedules'>,
  id: string,
): Promise<void> {
  const account = await getAccountInUse(deps, id);
  await endWait(deps, id);
  const isScheduled = account.mode !== 'manual';
  // Temporal first: when it is down the account stays paused, where a person sees it, and the next try is whole.
  if (isScheduled) await deps.schedules.ensure({ ...account, state: 'active', stateReason: undefined });
  await deps.accounts.changeState(id, 'active', undefined);
  if (isScheduled) await deps.schedules.resume(id);
}
