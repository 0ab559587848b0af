import { importWorkflowId } from '../../src/contract/workflow-ids.ts';
import { ServiceError } from '../../src/domain/service-error.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { getResumableImport } from './get-open-import.ts';
import { startBatch } from './start-batch.ts';

/**
 * Resumes a paused import, or starts one that failed or has no live run; it goes on after its last committed page, and
 * starts what it parked and never started.
 */
export async function resumeBatch(
  deps: Pick<ApiDependencies, 'batches' | 'controls'>,
  id: string,
): Promise<void> {
  const row = await getResumableImport(deps, id);
  if (row.state === 'failed') {
    // A run that has put its failure on record and is just ending would take the signal and not go on.
    const run = await deps.controls.describe(importWorkflowId(id));
    if (run?.status === 'RUNNING') {
      throw new ServiceError('Conflict', 'Its run is just ending', { fix: 'Try again in a second.' });
    }
    // The record first: a run that ends at once must find an open batch to end.
    await deps.batches.reopen(id);
  } else if (await deps.controls.resumeBatch(id)) return;
  await startBatch(deps, row);
  await deps.batches.changeState(id, 'running');
}
