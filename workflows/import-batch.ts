import {
  ApplicationFailure,
  allHandlersFinished,
  CancellationScope,
  condition,
  continueAsNew,
  isCancellation,
  log,
  setHandler,
  sleep,
  workflowInfo,
} from '@temporalio/workflow';
import policy from 'mailroom-policy';
import {
  batchStatus,
  cancelBatch,
  type ImportBatchInput,
  MAX_CONCURRENT_OPERATIONS,
  pauseBatch,
  releaseSlot,
  resumeBatch,
  tuneBatch,
} from '../src/contract/import-batch.ts';
import { BACKFILL_PRIORITY_KEY, PRIORITIES, toPriorityKey } from '../src/domain/priority.ts';
import { localActivity, networkActivity } from './activity-proxies.ts';
import { type BatchChildren, createBatchChildren } from './batch-children.ts';
import {
  type BatchWindow,
  canStart,
  createBatchWindow,
  isOver,
  releaseStuck,
  takeNext,
  toBatchStatus,
  toProgress,
  tune,
  wantsPage,
} from './batch-window.ts';
import { toFailure } from './to-failure.ts';

const recordBatchState = localActivity('recordBatchState');
const finishBatch = localActivity('finishBatch');

/** Loads an origin page by page and keeps at most `maxConcurrentOperations` messages under way. */
export async function importBatch(input: ImportBatchInput): Promise<void> {
  const window = createBatchWindow(input);
  const children = createBatchChildren(input, window);
  const recorded = listen(input, window, children);
  const places = new CancellationScope();
  void places.run(() => watchPlaces(window)).catch(ignoreCancellation);
  try {
    await fillWindow(input, window, children);
  } catch (error) {
    if (!isCancellation(error)) throw error;
    window.cancelling = true;
  }
  await CancellationScope.nonCancellable(async () => {
    await condition(() => window.inFlight.size === 0 && allHandlersFinished());
    await recorded();
    places.cancel();
    const state = window.failure !== undefined ? 'failed' : window.cancelling ? 'cancelled' : 'completed';
    await finishBatch({ batchId: input.batchId, state, reason: window.failure });
  });
}

async function fillWindow(
  input: ImportBatchInput,
  window: BatchWindow,
  children: BatchChildren,
): Promise<void> {
  const reader = createPageReader(input, window);
  for (;;) {
    const canRead = () => wantsPage(window) && !reader.busy;
    await condition(() => (isOver(window) && !reader.busy) || canStart(window) || canRead());
    if (isOver(window) && !reader.busy) return;
    if (workflowInfo().continueAsNewSuggested && !window.cancelling) {
      await condition(() => window.inFlight.size === 0 && !reader.busy && allHandlersFinished());
      await continueAsNew<typeof importBatch>(toNextRun(input, window));
    }
    if (canRead()) reader.start();
    for (let next = takeNext(window); next !== undefined; next = takeNext(window)) children.start(next);
  }
}

/** Reads one page at a time, beside the running messages. An origin that fails ends the reading, not the batch. */
function createPageReader(input: ImportBatchInput, window: BatchWindow) {
  const fetchPage = networkActivity('fetchPage', {
    priorityKey: window.priority === undefined ? BACKFILL_PRIORITY_KEY : toPriorityKey(window.priority),
    fairnessKey: input.accountId,
  });
  let busy = false;
  async function read(): Promise<void> {
    try {
      const page = await fetchPage({
        accountId: input.accountId,
        batchId: input.batchId,
        kind: 'import',
        page: window.page,
        maxItems: policy.workflows.pageItems,
      });
      window.page += 1;
      window.exhausted = page.done;
      window.pending.push(...page.messageIds);
    } catch (error) {
      window.exhausted = true;
      if (!isCancellation(error)) window.failure = toFailure(error).reason;
    } finally {
      busy = false;
    }
  }
  return {
    get busy() {
      return busy;
    },
    start() {
      busy = true;
      void read();
    },
  };
}

async function watchPlaces(window: BatchWindow): Promise<void> {
  for (;;) {
    await sleep(policy.workflows.slotMs);
    const stuck = releaseStuck(window, Date.now(), policy.workflows.slotMs);
    if (stuck.length > 0) log.warn('Runs that have not ended gave up their places', { runs: stuck.length });
  }
}

function ignoreCancellation(error: unknown): void {
  if (!isCancellation(error)) throw error;
}

/** Answers what to await so that every state that was asked for is on record. */
function listen(input: ImportBatchInput, window: BatchWindow, children: BatchChildren): () => Promise<void> {
  let recorded = Promise.resolve();
  const hold = async (paused: boolean) => {
    window.paused = paused;
    const state = paused ? 'paused' : 'running';
    recorded = recorded.then(() => recordBatchState({ batchId: input.batchId, state }));
    await recorded;
  };
  setHandler(batchStatus, () => toBatchStatus(window));
  setHandler(pauseBatch, () => hold(true));
  setHandler(resumeBatch, () => hold(false));
  setHandler(cancelBatch, () => {
    window.cancelling = true;
    children.cancel();
  });
  setHandler(releaseSlot, (workflowId) => children.release(workflowId));
  setHandler(tuneBatch, (tuning) => tune(window, tuning), {
    validator({ priority, maxConcurrentOperations: max }) {
      if (priority !== undefined && !PRIORITIES.includes(priority)) {
        throw ApplicationFailure.nonRetryable(`priority is one of ${PRIORITIES.join(', ')}`, 'InvalidInput');
      }
      if (max !== undefined && !(Number.isInteger(max) && max >= 1 && max <= MAX_CONCURRENT_OPERATIONS)) {
        const range = `1 to ${MAX_CONCURRENT_OPERATIONS}`;
        throw ApplicationFailure.nonRetryable(
          `maxConcurrentOperations is a whole number, ${range}`,
          'InvalidInput',
        );
      }
    },
  });
  return () => recorded;
}

function toNextRun(input: ImportBatchInput, window: BatchWindow): ImportBatchInput {
  const { priority: _before, ...rest } = input;
  return {
    ...rest,
    maxConcurrentOperations: window.max,
    ...(window.priority === undefined ? {} : { priority: window.priority }),
    resumed: toProgress(window),
  };
}
