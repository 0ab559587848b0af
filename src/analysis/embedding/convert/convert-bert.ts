import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { ServiceError } from '../../../domain/service-error.ts';
import { bertGraph } from './bert-graph.ts';
import { writeOnnx } from './onnx-writer.ts';
import { readSafetensors } from './read-safetensors.ts';

const Bert = z.object({
  model_type: z.literal('bert'),
  hidden_act: z.literal('gelu'),
  position_embedding_type: z.literal('absolute').optional(),
  hidden_size: z.int().min(1).max(4096),
  num_hidden_layers: z.int().min(1).max(48),
  num_attention_heads: z.int().min(1).max(64),
  layer_norm_eps: z.number().positive(),
});

/**
 * Writes `model.onnx` beside `config.json` and `model.safetensors`: the graph alone, some 25 KB; its weights stay where
 * they are. Throws InvalidInput when the model is no BERT or a weight is missing.
 */
export async function convertBert(folder: string): Promise<void> {
  const config = Bert.safeParse(JSON.parse(await readFile(join(folder, 'config.json'), 'utf8')));
  if (!config.success) {
    throw new ServiceError('InvalidInput', 'The weights are of no model that can be converted', {
      fix: 'Only BERT models are converted from safetensors; give a folder with model.onnx for others.',
      cause: config.error,
    });
  }
  const found = await readSafetensors(join(folder, 'model.safetensors'));
  const named = found.map((one) => ({ ...one, name: one.name.replace(/^bert\./, '') }));
  const graph = bertGraph(config.data, named);
  const wanted = new Set(graph.nodes.flatMap(({ inputs }) => inputs.filter((name) => name.includes('.'))));
  const weights = named.filter(({ name }) => wanted.has(name));
  const missing = [...wanted].find((name) => !weights.some((one) => one.name === name));
  if (missing !== undefined) {
    throw new ServiceError('InvalidInput', `model.safetensors has no float32 weight ${missing}`, {
      fix: 'Give the model in float32, or a folder with model.onnx.',
    });
  }
  await writeFile(join(folder, 'model.onnx'), writeOnnx({ ...graph, weights }));
}
