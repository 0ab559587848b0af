import { resumeBatch } from '../../api/operations/resume-batch.ts';
import { ServiceError } from '../domain/service-error.ts';
import type { Context } from '../open-context.ts';
import { followBatch } from './import-mail.ts';

/** An import whose process was killed between its record and its run has a record only: it is started now. */
export async function reviveEarlierBatches({
  stores,
  controls,
}: Pick<Context, 'stores' | 'controls'>): Promise<void> {
  for (const id of await stores.batches.listRunningImports()) {
    await resumeBatch({ ...stores, controls }, id).catch((error: unknown) => {
      // A worker of another machine has just ended it.
      if (!(error instanceof ServiceError && error.type === 'Conflict')) throw error;
    });
  }
}

/** What an earlier start left under way goes on by itself; `--once` waits for it. What a person paused stays so. */
export async function finishEarlierBatches(context: Context, signal: AbortSignal): Promise<void> {
  for (const id of await context.stores.batches.listUnfinished()) {
    await followBatch(context, id, () => undefined, { signal });
  }
}
