import type { Account } from '../src/domain/account.ts';
import { assertNoWait } from './assert-no-wait.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { withMailbox } from './with-mailbox.ts';

/** Works in the mailbox of an account for something else than a pull, and not while its provider is to be left alone. */
export async function runErrand<T>(
  deps: Pick<ActivityDependencies, 'accounts' | 'now' | 'openAccount' | 'guard'>,
  account: Account,
  work: Parameters<typeof withMailbox<T>>[2],
): Promise<T> {
  await assertNoWait(deps, account.id);
  return withMailbox(deps, account, work);
}
