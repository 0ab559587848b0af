import { ServiceError } from '../../src/domain/service-error.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { getOpenImport } from './get-open-import.ts';

export async function pauseBatch(
  deps: Pick<ApiDependencies, 'batches' | 'controls'>,
  id: string,
): Promise<void> {
  await getOpenImport(deps, id);
  if (await deps.controls.pauseBatch(id)) return;
  throw new ServiceError('Conflict', 'No run of this batch is alive, so nothing can be paused', {
    fix: `POST /api/batches/${id}/resume starts it, /cancel ends it.`,
  });
}
