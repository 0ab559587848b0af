import { resolve } from 'node:path';
import { createEmbedder } from '../../src/analysis/embedding/create-embedder.ts';
import type { Embedder } from '../../src/analysis/embedding/embedder.ts';
import { openEmbedder } from '../../src/open-embedder.ts';

/** The embedding model of a measurement: of the folder `model`, or the installed one; with "none" none. */
export function openModel(model: string | undefined): Promise<Embedder | undefined> {
  // A measurement with a model that fails half-way would be neither that with it nor that without.
  const onFault = (error: unknown) => {
    process.stderr.write(`The embedding model failed: ${String(error)}\n`);
    process.exit(1);
  };
  if (model === 'none') return Promise.resolve(undefined);
  if (model !== undefined) return createEmbedder({ folder: resolve(model), onFault });
  return openEmbedder(resolve(process.env['MAILROOM_HOME'] ?? '.mailroom'), onFault);
}
