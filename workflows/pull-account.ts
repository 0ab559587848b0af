import { CancellationScope, continueAsNew, isCancellation, workflowInfo } from '@temporalio/workflow';
import policy from 'mailroom-policy';
import type { FetchPageFacts } from '../src/contract/activities.ts';
import type { PullAccountInput, PullAccountResult } from '../src/contract/pull-account.ts';
import { toPriorityKey } from '../src/domain/priority.ts';
import { localActivity, networkActivity } from './activity-proxies.ts';
import { startDetached } from './start-message.ts';
import { toFailure } from './to-failure.ts';

const pauseAccount = localActivity('pauseAccount');
const finishBatch = localActivity('finishBatch');

/**
 * Reads what is new in a mailbox and starts a run for each message. Does not wait for the runs. Fails when the mailbox cannot be
 * read, so that the failure shows in the Web UI; the next pull reads on from the same place.
 */
export async function pullAccount(input: PullAccountInput): Promise<PullAccountResult> {
  const batchId = input.resumed?.batchId ?? `pull-${workflowInfo().runId}`;
  try {
    return await pull(input, batchId);
  } catch (error) {
    // Not as `cancelled`: what was parked is mail that the next pull must start.
    if (isCancellation(error)) await recordCancellation(batchId);
    throw error;
  }
}

async function pull(input: PullAccountInput, batchId: string): Promise<PullAccountResult> {
  const { accountId } = input;
  let started = input.resumed?.started ?? 0;
  for (let page = input.resumed?.page ?? 0; ; page += 1) {
    const facts = await fetchPage(accountId, batchId, page);
    for (const messageId of facts.messageIds) {
      const run = await startDetached({ accountId, messageId }, 'NORMAL');
      if (run !== undefined) started += 1;
    }
    if (facts.done) {
      await finishBatch({ batchId, state: 'completed', reason: undefined });
      return { started };
    }
    if (workflowInfo().continueAsNewSuggested) {
      await continueAsNew<typeof pullAccount>({ accountId, resumed: { batchId, page: page + 1, started } });
    }
  }
}

async function fetchPage(accountId: string, batchId: string, page: number): Promise<FetchPageFacts> {
  const read = networkActivity('fetchPage', { priorityKey: toPriorityKey('HIGH'), fairnessKey: accountId });
  try {
    return await read({ accountId, batchId, kind: 'pull', page, maxItems: policy.workflows.pageItems });
  } catch (error) {
    if (!isCancellation(error)) await recordFailure(accountId, batchId, error);
    throw error;
  }
}

async function recordCancellation(batchId: string): Promise<void> {
  await CancellationScope.nonCancellable(() =>
    finishBatch({ batchId, state: 'failed', reason: 'The pull was cancelled' }),
  );
}

/** Credentials that are refused will be refused again: the account is paused and its owner told. */
async function recordFailure(accountId: string, batchId: string, error: unknown): Promise<void> {
  const { type, reason } = toFailure(error);
  await finishBatch({ batchId, state: 'failed', reason });
  if (type === 'AuthenticationFailed') await pauseAccount({ accountId, reason });
}
