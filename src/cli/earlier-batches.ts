import { resumeBatch } from '../../api/operations/resume-batch.ts';
import type { BatchRow } from '../../db/batch-store.ts';
import { ServiceError } from '../domain/service-error.ts';
import type { Context } from '../open-context.ts';
import { followBatch } from './import-mail.ts';

const PAGE = 100;

/** An import whose process was killed between its record and its run has a record only: it is started now. */
export async function reviveEarlierBatches({ stores, controls }: Context): Promise<void> {
  for (const { id, kind, state } of await listBatches(stores)) {
    if (kind !== 'import' || state !== 'running') continue;
    await resumeBatch({ ...stores, controls }, id).catch((error: unknown) => {
      // A worker of another machine has just ended it.
      if (!(error instanceof ServiceError && error.type === 'Conflict')) throw error;
    });
  }
}

/** What an earlier start left under way goes on by itself; `--once` waits for it. What a person paused stays so. */
export async function finishEarlierBatches(context: Context, signal: AbortSignal): Promise<void> {
  for (const batch of await listBatches(context.stores)) {
    const open = batch.state === 'running' || (batch.state !== 'paused' && batch.totals.running > 0);
    if (open) await followBatch(context, batch.id, () => undefined, signal);
  }
}

async function listBatches({ batches }: Context['stores']): Promise<BatchRow[]> {
  const found: BatchRow[] = [];
  for (;;) {
    const last = found.at(-1);
    const rows = await batches.list({ limit: PAGE, ...(last === undefined ? {} : { after: last }) });
    found.push(...rows);
    if (rows.length < PAGE) return found;
  }
}
