import { CancellationScope, isCancellation } from '@temporalio/workflow';
import policy from 'mailroom-policy';
import type { FetchPageRequest } from '../src/contract/activities.ts';
import type { ImportBatchInput } from '../src/contract/import-batch.ts';
import { BACKFILL_PRIORITY_KEY, toPriorityKey } from '../src/domain/priority.ts';
import { networkActivity } from './activity-proxies.ts';
import type { BatchWindow } from './batch-window.ts';
import { toFailure } from './to-failure.ts';

export interface PageReader {
  readonly busy: boolean;
  start(): void;
  /** Asks the page under way to end; `busy` says when it has. */
  cancel(): void;
}

/** Reads one page at a time, beside the running messages. An origin that fails ends the reading, not the batch. */
export function createPageReader(input: ImportBatchInput, window: BatchWindow): PageReader {
  const fetchPage = (request: FetchPageRequest) =>
    networkActivity('fetchPage', {
      priorityKey: window.priority === undefined ? BACKFILL_PRIORITY_KEY : toPriorityKey(window.priority),
      fairnessKey: input.accountId,
    })(request);
  let reading: CancellationScope | undefined;
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
      if (!isCancellation(error) && !window.cancelling) window.failure = toFailure(error).reason;
    } finally {
      reading = undefined;
    }
  }
  return {
    get busy() {
      return reading !== undefined;
    },
    start() {
      reading = new CancellationScope();
      void reading.run(read);
    },
    cancel() {
      reading?.cancel();
    },
  };
}
