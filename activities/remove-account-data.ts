import type { RemoveAccountDataFacts, RemoveAccountDataRequest } from '../src/contract/upkeep-activities.ts';
import { ServiceError } from '../src/domain/service-error.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { withHeartbeat } from './heartbeat.ts';

/** Messages deleted in one transaction, which holds up the intake of others meanwhile. */
const MESSAGES = 100;
const ROWS = 2_000;

/** Deletes an account that was removed and all that is stored of it; each chunk for itself, so that it can go on later. */
export async function removeAccountData(
  deps: Pick<ActivityDependencies, 'accounts' | 'accountRemovals' | 'stopRuns'>,
  { accountId }: RemoveAccountDataRequest,
): Promise<RemoveAccountDataFacts> {
  const account = await deps.accounts.find(accountId);
  // An attempt before this one came to its end, and was not heard of.
  if (account === undefined) return { messages: 0 };
  if (account.state !== 'removed') {
    throw new ServiceError('Conflict', `The account "${accountId}" is in use: its data are not deleted`, {
      fix: `Remove it first: DELETE /api/accounts/${accountId}?data=delete&confirm=${accountId}`,
    });
  }
  return withHeartbeat(async (signal, beat) => {
    await deps.stopRuns(accountId, signal);
    let messages = 0;
    for (let removed = -1; removed !== 0; ) {
      signal.throwIfAborted();
      removed = await deps.accountRemovals.removeMessages(accountId, MESSAGES);
      messages += removed;
      beat(messages);
    }
    while ((await deps.accountRemovals.removeRows(accountId, ROWS)) > 0) signal.throwIfAborted();
    // What was started while this went on has nothing to work on.
    await deps.stopRuns(accountId, signal);
    await deps.accountRemovals.removeAccount(accountId);
    return { messages };
  });
}
