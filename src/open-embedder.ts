import { createEmbedder } from './analysis/embedding/create-embedder.ts';
import type { Embedder } from './analysis/embedding/embedder.ts';
import { listModels, toModelsFolder } from './models/list-models.ts';

/**
 * The embedding model that was installed last below `home`; undefined when there is none. `onFault` is told once when it
 * cannot be used: decisions go on without it.
 */
export async function openEmbedder(
  home: string,
  onFault: (error: unknown) => void,
): Promise<Embedder | undefined> {
  try {
    const [used] = await listModels(toModelsFolder(home));
    return used && (await createEmbedder({ folder: used.folder, onFault }));
  } catch (error) {
    onFault(error);
    return undefined;
  }
}
