import type { ApiDependencies } from '../dependencies.ts';
import { getAccountInUse } from './get-account-in-use.ts';

/** Resumes an account; also makes a schedule that is missing. */
export async function resumeAccount(
  deps: Pick<ApiDependencies, 'accounts' | 'schedules'>,
  id: string,
): Promise<void> {
  const account = await getAccountInUse(deps, id);
  await deps.accounts.changeState(id, 'active', undefined);
  if (account.mode === 'manual') return;
  await deps.schedules.ensure({ ...account, state: 'active', stateReason: undefined });
  await deps.schedules.resume(id);
}
