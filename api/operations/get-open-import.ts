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
  throw new ServiceError('Conflict', `The batch is ${row.state} already`, {
    fix: 'Post a new batch; what is there already is recognised as a duplicate.',
  });
}
