import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { BatchRow } from '../../db/batch-store.ts';
import { MAX_CONCURRENT_OPERATIONS } from '../../src/contract/import-batch.ts';
import { ServiceError } from '../../src/domain/service-error.ts';
import type { ApiDependencies } from '../dependencies.ts';
import type { NewBatch } from '../schemas/batch.ts';
import { getAccountInUse } from './get-account-in-use.ts';
import { toOrigin } from './to-origin.ts';

/** Commits a batch with its sealed origin and uploads; it is started afterwards. */
export async function storeBatch(
  deps: Pick<ApiDependencies, 'accounts' | 'batches' | 'config' | 'sealer' | 'toRaw'>,
  body: z.output<typeof NewBatch>,
): Promise<BatchRow> {
  const account = await getAccountInUse(deps, body.accountId);
  if (account.mode === 'auto') {
    throw new ServiceError(
      'Conflict',
      `The account "${account.id}" is read only by its schedule (mode auto)`,
      {
        fix: 'Import into an account whose mode is manual or hybrid.',
      },
    );
  }
  const id = randomUUID();
  const { origin, label, uploads } = await toOrigin(deps, id, body);
  await deps.batches.add(
    {
      id,
      accountId: account.id,
      label,
      maxConcurrentOperations:
        body.maxConcurrentOperations ??
        Math.min(deps.config.limits.batchConcurrency, MAX_CONCURRENT_OPERATIONS),
      priority: body.priority,
      origin: deps.sealer.seal(Buffer.from(JSON.stringify(origin)), `batch/origin/${id}`),
    },
    uploads,
  );
  return deps.batches.get(id);
}
