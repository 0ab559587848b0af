import { log } from '@temporalio/workflow';
import type { RemoveAccountInput, RemoveAccountResult } from '../src/contract/remove-account.ts';
import { BACKFILL_PRIORITY_KEY } from '../src/domain/priority.ts';
import { networkActivity } from './activity-proxies.ts';

/** Deletes all that is stored of an account that was removed. However often it is cut off, it ends what it began. */
export async function removeAccount({ accountId }: RemoveAccountInput): Promise<RemoveAccountResult> {
  const removeAccountData = networkActivity('removeAccountData', {
    priorityKey: BACKFILL_PRIORITY_KEY,
    fairnessKey: accountId,
  });
  const { messages } = await removeAccountData({ accountId });
  log.info('An account and its data were deleted', { messages });
  return { messages };
}
