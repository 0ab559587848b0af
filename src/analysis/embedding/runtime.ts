import { createRequire } from 'node:module';
import { join } from 'node:path';

/** What is used of onnxruntime-node: it is installed beside the models, not with the program. */
export interface OnnxRuntime {
  readonly InferenceSession: {
    create(path: string, options: object): Promise<OnnxSession>;
  };
  readonly Tensor: new (type: 'int64', data: BigInt64Array, dims: readonly number[]) => object;
}

export interface OnnxSession {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  run(
    feeds: Readonly<Record<string, object>>,
  ): Promise<Readonly<Record<string, { readonly data: unknown; readonly dims: readonly number[] }>>>;
}

/** Below the folder of the models. */
export const RUNTIME_FOLDER = 'runtime';

/** The runtime that `models add` installed, or else one that Node finds from here. Throws when there is none. */
export function loadRuntime(modelsFolder: string): OnnxRuntime {
  const installed = createRequire(join(modelsFolder, RUNTIME_FOLDER, 'package.json'));
  try {
    return installed('onnxruntime-node') as OnnxRuntime;
  } catch (error) {
    if (!isAbsent(error)) throw error;
    return createRequire(import.meta.url)('onnxruntime-node') as OnnxRuntime;
  }
}

function isAbsent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND';
}
