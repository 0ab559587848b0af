import {
  CancellationScope,
  continueAsNew,
  isCancellation,
  log,
  setHandler,
  sleep,
  workflowInfo,
} from '@temporalio/workflow';
import policy from 'mailroom-policy';
import type { FetchPageFacts } from '../src/contract/activities.ts';
import { mailArrived, type PullAccountInput, type PullAccountResult } from '../src/contract/pull-account.ts';
import { toPriorityKey } from '../src/domain/priority.ts';
import { localActivity, networkActivity } from './activity-proxies.ts';
import { startDetached } from './start-message.ts';
import { startWatch } from './start-watch.ts';
import { toFailure } from './to-failure.ts';

const pauseAccount = localActivity('pauseAccount');
const finishBatch = localActivity('finishBatch');

/** Whether mail came since it was last asked. */
type Arrivals = () => boolean;

/**
 * Reads what is new in a mailbox and starts a run for each message. Does not wait for the runs. Fails when the mailbox cannot be
 * read, so that the failure shows in the Web UI; the next pull reads on from the same place.
 */
export async function pullAccount(input: PullAccountInput): Promise<PullAccountResult> {
  let arrived = false;
  // Mail that comes while a page is read may or may not be on it: the pull looks once more.
  setHandler(mailArrived, () => {
    arrived = true;
  });
  const takeArrivals = () => {
    const had = arrived;
    arrived = false;
    return had;
  };
  const batchId = input.resumed?.batchId ?? `pull-${workflowInfo().runId}`;
  try {
    return await pull(input, batchId, takeArrivals);
  } catch (error) {
    // Not as `cancelled`: what was parked is mail that the next pull must start.
    if (isCancellation(error)) await recordCancellation(batchId);
    throw error;
  }
}

async function pull(
  input: PullAccountInput,
  batchId: string,
  takeArrivals: Arrivals,
): Promise<PullAccountResult> {
  const { accountId } = input;
  let started = input.resumed?.started ?? 0;
  for (let page = input.resumed?.page ?? 0; ; page += 1) {
    takeArrivals();
    const facts = await fetchPage(accountId, batchId, page);
    started += await startMessages(accountId, facts);
    if (facts.push !== undefined) await keepPushed(accountId, facts.push);
    if (facts.done && !takeArrivals()) {
      await finishBatch({ batchId, state: 'completed', reason: undefined });
      // Told while that was put on record: the pull looks once more, and ends anew.
      if (!takeArrivals()) return { started };
    }
    if (facts.waitMs !== undefined) await sleep(facts.waitMs);
    if (workflowInfo().continueAsNewSuggested) {
      await continueAsNew<typeof pullAccount>({ accountId, resumed: { batchId, page: page + 1, started } });
    }
  }
}

async function startMessages(
  accountId: string,
  { messageIds, backfill, again }: FetchPageFacts,
): Promise<number> {
  const old = new Set(backfill);
  const earlier = new Set(again);
  let started = 0;
  for (const messageId of messageIds) {
    const priority = old.has(messageId) ? undefined : 'NORMAL';
    const run = await startDetached({ accountId, messageId }, priority, earlier.has(messageId));
    if (run !== undefined) started += 1;
  }
  return started;
}

/** Mail is pulled by the schedule too: a provider that does not notify costs time, never mail. */
async function keepPushed(accountId: string, push: NonNullable<FetchPageFacts['push']>): Promise<void> {
  if (push === 'watch') return startWatch(accountId);
  try {
    await networkActivity('renewPush', { priorityKey: toPriorityKey('LOW'), fairnessKey: accountId })({
      accountId,
    });
  } catch (error) {
    if (isCancellation(error)) throw error;
    log.warn('The provider does not notify us', { type: toFailure(error).type });
  }
}

async function fetchPage(accountId: string, batchId: string, page: number): Promise<FetchPageFacts> {
  const read = networkActivity('fetchPage', { priorityKey: toPriorityKey('HIGH'), fairnessKey: accountId });
  try {
    const { pageItems: maxItems, backfillAgeMs } = policy.workflows;
    return await read({ accountId, batchId, kind: 'pull', page, maxItems, backfillAgeMs });
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
