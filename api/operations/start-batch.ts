import type { BatchRow } from '../../db/batch-store.ts';
import { ServiceError } from '../../src/domain/service-error.ts';
import type { ApiDependencies } from '../dependencies.ts';

/** Starts a stored batch. When that fails the batch stays, and the error says how to start it. */
export async function startBatch(
  { controls }: Pick<ApiDependencies, 'controls'>,
  row: Pick<BatchRow, 'id' | 'accountId' | 'maxConcurrentOperations' | 'priority'>,
): Promise<void> {
  try {
    await controls.startBatch({
      batchId: row.id,
      accountId: row.accountId,
      maxConcurrentOperations: row.maxConcurrentOperations,
      priority: row.priority,
    });
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    const start = `The batch is stored: POST /api/batches/${row.id}/resume starts it.`;
    throw new ServiceError(error.type, `The batch could not be started: ${error.message}`, {
      fix: error.fix === undefined ? start : `${error.fix} ${start}`,
      details: { batchId: row.id },
      cause: error,
    });
  }
}
