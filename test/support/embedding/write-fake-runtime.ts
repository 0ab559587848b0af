import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Stands for onnxruntime-node: each token's vector is made of its id alone; a text with the id of `boom` fails. */
const RUNTIME = `
class Tensor { constructor(type, data, dims) { Object.assign(this, { type, data, dims }); } }
const InferenceSession = {
  async create() {
    return {
      inputNames: ['input_ids', 'attention_mask'],
      outputNames: ['out'],
      async run({ input_ids: { data, dims } }) {
        const ids = [...data].map(Number);
        if (ids.includes(BOOM)) throw new Error('the session is broken');
        if (ids.includes(SLOW)) for (const end = Date.now() + 3000; Date.now() < end; );
        return { out: { data: Float32Array.from(ids.flatMap((id) => [1, id, id * id, 1])), dims: [...dims, 4] } };
      },
    };
  },
};
module.exports = { Tensor, InferenceSession };
`;

/** Below the folder of the models, where the product looks for the real one. */
export async function writeFakeRuntime(
  modelsFolder: string,
  ids: { boom: number; slow: number },
): Promise<void> {
  const folder = join(modelsFolder, 'runtime', 'node_modules', 'onnxruntime-node');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), '{"name":"onnxruntime-node","main":"index.cjs"}');
  const source = RUNTIME.replace('BOOM', String(ids.boom)).replace('SLOW', String(ids.slow));
  await writeFile(join(folder, 'index.cjs'), source);
}
