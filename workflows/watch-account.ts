import { continueAsNew, isCancellation, log, workflowInfo } from '@temporalio/workflow';
import type { WatchAccountInput } from '../src/contract/watch-account.ts';
import { toPriorityKey } from '../src/domain/priority.ts';
import { networkActivity } from './activity-proxies.ts';
import { toFailure } from './to-failure.ts';

/**
 * Waits at a mailbox for new mail and tells its puller, for as long as the account is to be watched. What makes waiting
 * impossible makes pulling impossible too: the puller is the one that says so to the owner.
 */
export async function watchAccount({ accountId }: WatchAccountInput): Promise<void> {
  while (await watchOn(accountId)) {
    if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof watchAccount>({ accountId });
  }
}

async function watchOn(accountId: string): Promise<boolean> {
  const tasks = { priorityKey: toPriorityKey('NORMAL'), fairnessKey: accountId };
  try {
    return await networkActivity('watchMailbox', tasks)({ accountId });
  } catch (error) {
    if (isCancellation(error)) throw error;
    log.warn('The mailbox is not watched until its next pull', { type: toFailure(error).type });
    return false;
  }
}
