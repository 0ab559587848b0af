import type { BatchRow } from '../../db/batch-store.ts';
import type { BatchStatus } from '../../src/contract/import-batch.ts';
import { ServiceError } from '../../src/domain/service-error.ts';
import type { ApiDependencies } from '../dependencies.ts';

interface LiveBatch {
  readonly live: BatchStatus | null;
  readonly liveProblem: string | null;
}

/** What an import's run says of itself. Pulls have no status of their own; their totals say it all. */
export async function findLiveBatch(
  { controls }: Pick<ApiDependencies, 'controls'>,
  row: Pick<BatchRow, 'id' | 'kind' | 'state'>,
): Promise<LiveBatch> {
  const over = row.state !== 'running' && row.state !== 'paused';
  if (row.kind !== 'import' || over) return { live: null, liveProblem: null };
  try {
    const live = (await controls.findBatchStatus(row.id)) ?? null;
    const liveProblem = live ? null : `No run is alive. POST /api/batches/${row.id}/resume starts it.`;
    return { live, liveProblem };
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    return { live: null, liveProblem: error.message };
  }
}
