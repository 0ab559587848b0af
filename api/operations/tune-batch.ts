import type { BatchTuning } from '../../src/contract/import-batch.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { getOpenImport } from './get-open-import.ts';

/** Changes what is not started yet: in the run, if one is alive, and in the record that a later run starts from. */
export async function tuneBatch(
  deps: Pick<ApiDependencies, 'batches' | 'controls'>,
  id: string,
  tuning: BatchTuning,
): Promise<void> {
  await getOpenImport(deps, id);
  await deps.controls.tuneBatch(id, tuning);
  await deps.batches.tune(id, tuning);
}
