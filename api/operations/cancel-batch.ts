import type { ApiDependencies } from '../dependencies.ts';
import { getOpenImport } from './get-open-import.ts';

/** Tells the run to end; a batch without one is ended in the record. */
export async function cancelBatch(
  deps: Pick<ApiDependencies, 'batches' | 'controls'>,
  id: string,
): Promise<void> {
  await getOpenImport(deps, id);
  if (await deps.controls.cancelBatch(id)) return;
  await deps.batches.finish(id, 'cancelled', 'cancelled before it was started');
}
