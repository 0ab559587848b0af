import type { BatchRow } from '../../db/batch-store.ts';
import { ServiceError } from '../../src/domain/service-error.ts';
import type { ApiDependencies } from '../dependencies.ts';

/** An import that has not ended. @throws ServiceError NotFound, or Conflict with what to do instead. */
export async function getOpenImport(
  { batches }: Pick<ApiDependencies, 'batches'>,
  id: string,
): Promise<BatchRow> {
  const row = await batches.get(id);
  if (row.kind === 'pull') {
    throw new ServiceError('Conflict', 'A pull has no controls of its own', {
      fix: `Pause or resume its account: POST /api/accounts/${row.accountId}/pause.`,
    });
  }
  if (row.state === 'running' || row.state === 'paused') return row;
  throw new ServiceError('Conflict', `The batch is ${row.state} already`, { fix: toFix(row) });
}

/** An import that can go on: open, or failed while its origin could not be read. */
export async function getResumableImport(
  deps: Pick<ApiDependencies, 'batches'>,
  id: string,
): Promise<BatchRow> {
  const row = await deps.batches.get(id);
  return row.kind === 'import' && row.state === 'failed' ? row : getOpenImport(deps, id);
}

function toFix({ id, state }: BatchRow): string {
  if (state === 'failed') return `POST /api/batches/${id}/resume goes on where it stopped.`;
  return 'Post a new batch; what is there already is recognised as a duplicate.';
}
