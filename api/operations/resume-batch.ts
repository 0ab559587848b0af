import type { ApiDependencies } from '../dependencies.ts';
import { getOpenImport } from './get-open-import.ts';
import { startBatch } from './start-batch.ts';

/** Resumes a paused import, or starts one that has no live run; it goes on after its last committed page. */
export async function resumeBatch(
  deps: Pick<ApiDependencies, 'batches' | 'controls'>,
  id: string,
): Promise<void> {
  const row = await getOpenImport(deps, id);
  if (await deps.controls.resumeBatch(id)) return;
  await startBatch(deps, row);
  await deps.batches.changeState(id, 'running');
}
