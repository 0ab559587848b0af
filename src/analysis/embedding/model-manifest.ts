import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { ServiceError } from '../../domain/service-error.ts';

/** `model.json` of an installed model, beside `model.onnx` and `tokenizer.json`. */
const Manifest = z.object({
  name: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/),
  /** Where it came from, for people. */
  source: z.string(),
  /** Of the archive or of the weights; part of what tells two versions of a model apart. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** Of a vector, each for another kind of likeness: what a text is about, then how it says so. */
  parts: z.int().min(1).max(4),
  /** How the vectors of the tokens become one. */
  pooling: z.enum(['mean', 'first']),
  maxTokens: z.int().min(8).max(512),
  addedAt: z.iso.datetime(),
});

export type ModelManifest = z.infer<typeof Manifest>;

/** Throws NotFound when the folder holds no model, InvalidInput when its manifest is not readable. */
export async function readModelManifest(folder: string): Promise<ModelManifest> {
  const text = await readFile(join(folder, 'model.json'), 'utf8').catch((cause: unknown) => {
    throw new ServiceError('NotFound', `There is no model in ${folder}`, {
      fix: 'npm run mailroom -- models add minilm',
      cause,
    });
  });
  try {
    return Manifest.parse(JSON.parse(text));
  } catch (cause) {
    throw new ServiceError('InvalidInput', `${join(folder, 'model.json')} is not readable`, {
      fix: 'npm run mailroom -- models add minilm',
      cause,
    });
  }
}

/** Short, and another for other weights: vectors of two models must never be compared. */
export function toModelId({ name, sha256 }: Pick<ModelManifest, 'name' | 'sha256'>): string {
  return `${name}@${sha256.slice(0, 12)}`;
}
