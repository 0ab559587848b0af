import { isSignInReason } from '../../src/domain/sign-in-needed.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { resumeAccount } from './resume-account.ts';

/** After a sign-in: an account that was paused for the lack of one is read again. True when it was. */
export async function resumeSignedIn(
  deps: Pick<ApiDependencies, 'accounts' | 'controls' | 'schedules'>,
  id: string,
): Promise<boolean> {
  const { state, stateReason } = await deps.accounts.get(id);
  if (state !== 'paused' || !isSignInReason(stateReason)) return false;
  await resumeAccount(deps, id);
  return true;
}
