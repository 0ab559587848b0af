import type { ApiDependencies } from '../dependencies.ts';
import { getAccountInUse } from './get-account-in-use.ts';

/** Pauses an account: recorded first, so that a pull that starts meanwhile sees it. */
export async function pauseAccount(
  deps: Pick<ApiDependencies, 'accounts' | 'schedules'>,
  id: string,
  reason: string | undefined,
): Promise<void> {
  const account = await getAccountInUse(deps, id);
  const note = reason ?? 'paused through the API';
  await deps.accounts.changeState(id, 'paused', note);
  if (account.mode !== 'manual') await deps.schedules.pause(id, note);
}
