import type { ApiDependencies } from '../dependencies.ts';

/**
 * A person wants a provider to be asked now: the wait that it asked for ends, and the pull that keeps it. That one first:
 * where it cannot be ended, nothing is changed, and the next try finds the wait.
 */
export async function endWait(
  { accounts, controls }: Pick<ApiDependencies, 'accounts' | 'controls'>,
  accountId: string,
): Promise<void> {
  if ((await accounts.findWait(accountId)) === undefined) return;
  await controls.cancelPull(accountId);
  await accounts.forgetWait(accountId);
}
