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
import { PRIORITIES } from '../src/domain/priority.ts';
import { localActivity } from './activity-proxies.ts';
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
import { createPageReader, type PageReader } from './page-reader.ts';
import { toFailure } from './to-failure.ts';

const recordBatchState = localActivity('recordBatchState');
const finishBatch = localActivity('finishBatch');

/** Loads an origin page by page and keeps at most `maxConcurrentOperations` messages under way. */
export async function importBatch(input: ImportBatchInput): Promise<void> {
  const window = createBatchWindow(input);
  const children = createBatchChildren(input, window);
  const reader = createPageReader(input, window);
  const inTurn = listen(input, window, children, reader);
  // Goes on when the run is cancelled: a stuck message must not hold up the end of its batch.
  const places = new CancellationScope({ cancellable: true, parent: createShield() });
  void places.run(() => watchPlaces(window)).catch(ignoreCancellation);
  try {
    await fillWindow(input, window, children, reader);
  } catch (error) {
    if (!isCancellation(error)) throw error;
    window.cancelling = true;
    children.cancel();
  }
  await CancellationScope.nonCancellable(async () => {
    await condition(() => window.inFlight.size === 0 && !reader.busy && allHandlersFinished());
    places.cancel();
    // Cancelled comes first: what is parked and not started is then accounted for.
    const reason = window.failure ?? window.unstarted;
    const state = window.cancelling ? 'cancelled' : reason !== undefined ? 'failed' : 'completed';
    await inTurn(() => finishBatch({ batchId: input.batchId, state, reason }));
  });
}

async function fillWindow(
  input: ImportBatchInput,
  window: BatchWindow,
  children: BatchChildren,
  reader: PageReader,
): Promise<void> {
  for (;;) {
    const canRead = () => wantsPage(window) && !reader.busy;
    await condition(() => (isOver(window) && !reader.busy) || canStart(window) || canRead());
    if (isOver(window) && !reader.busy) return;
    if (workflowInfo().continueAsNewSuggested) {
      const isIdle = () => window.inFlight.size === 0 && !reader.busy && allHandlersFinished();
      await condition(() => window.cancelling || isIdle());
      // The next run would not know that it is to end.
      if (window.cancelling) continue;
      await continueAsNew<typeof importBatch>(toNextRun(input, window));
    }
    if (canRead()) reader.start();
    for (let next = takeNext(window); next !== undefined; next = takeNext(window)) children.start(next);
  }
}

async function watchPlaces(window: BatchWindow): Promise<void> {
  for (;;) {
    await sleep(policy.workflows.slotMs);
    const stuck = releaseStuck(window, Date.now(), policy.workflows.slotMs);
    if (stuck.length > 0) log.warn('Runs that have not ended gave up their places', { runs: stuck.length });
  }
}

function createShield(): CancellationScope {
  return new CancellationScope({ cancellable: false });
}

function ignoreCancellation(error: unknown): void {
  if (!isCancellation(error)) throw error;
}

/** Answers how to record something after every state that was asked for: two records never go side by side. */
function listen(
  input: ImportBatchInput,
  window: BatchWindow,
  children: BatchChildren,
  reader: PageReader,
): (record: () => Promise<void>) => Promise<void> {
  let recorded = Promise.resolve();
  const hold = async (paused: boolean) => {
    window.paused = paused;
    const state = paused ? 'paused' : 'running';
    recorded = recorded
      .then(() => recordBatchState({ batchId: input.batchId, state }))
      .catch((error: unknown) => log.warn('The state is not on record', { state, ...toFailure(error) }));
    await recorded;
  };
  setHandler(batchStatus, () => toBatchStatus(window));
  setHandler(pauseBatch, () => hold(true));
  setHandler(resumeBatch, () => hold(false));
  setHandler(cancelBatch, () => {
    window.cancelling = true;
    children.cancel();
    reader.cancel();
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
  return (record) => {
    const done = recorded.then(record);
    recorded = done.catch(() => undefined);
    return done;
  };
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
