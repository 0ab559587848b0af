import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { convertBert } from '../analysis/embedding/convert/convert-bert.ts';
import { toBertDefinition } from '../analysis/embedding/tokenizer.ts';
import { ServiceError } from '../domain/service-error.ts';

export interface ModelTraits {
  readonly pooling: 'mean' | 'first';
  readonly maxTokens: number;
  /** Parts of a vector. */
  readonly parts: number;
}

const DEFAULT_TOKENS = 256;
const MOST_TOKENS = 512;

/**
 * Makes `model.onnx`, `tokenizer.json` and `tokenizer_config.json` of the files of a model, and says how it is used.
 * Throws InvalidInput that names what is missing.
 */
export async function prepareModel(folder: string): Promise<ModelTraits> {
  const has = (name: string) => existsSync(join(folder, name));
  const isConverted = has('model.safetensors') && has('config.json');
  if (isConverted) await convertBert(folder);
  else if (!has('model.onnx')) {
    throw missing('model.onnx, and no config.json with model.safetensors to make it of');
  }
  await prepareTokenizer(folder);
  const pooling = await readJson(join(folder, 'pooling.json'));
  const limits = await readJson(join(folder, 'sentence_bert_config.json'));
  const tokens = Number(limits['max_seq_length'] ?? DEFAULT_TOKENS);
  for (const name of ['vocab.txt', 'pooling.json', 'sentence_bert_config.json']) {
    await rm(join(folder, name), { force: true });
  }
  return {
    parts: isConverted ? 2 : 1,
    pooling: pooling['pooling_mode_cls_token'] === true ? 'first' : 'mean',
    maxTokens: Number.isInteger(tokens) && tokens >= 8 ? Math.min(tokens, MOST_TOKENS) : DEFAULT_TOKENS,
  };
}

async function prepareTokenizer(folder: string): Promise<void> {
  const config = join(folder, 'tokenizer_config.json');
  const settings = await readJson(config);
  await writeFile(config, JSON.stringify(settings));
  const path = join(folder, 'tokenizer.json');
  if (existsSync(path)) return;
  const vocabulary = await readFile(join(folder, 'vocab.txt'), 'utf8').catch(() => '');
  if (!/^\[CLS\]\r?$/m.test(vocabulary) || !/^\[SEP\]\r?$/m.test(vocabulary)) {
    throw missing('tokenizer.json, and no vocab.txt of a BERT model');
  }
  const isLowercase = settings['do_lower_case'] !== false;
  await writeFile(path, JSON.stringify(toBertDefinition(vocabulary, isLowercase)));
}

/** Empty where there is none. */
async function readJson(path: string): Promise<Record<string, unknown>> {
  if (!existsSync(path)) return {};
  try {
    const parsed: unknown = JSON.parse(await readFile(path, 'utf8'));
    if (typeof parsed === 'object' && parsed !== null) return { ...parsed };
  } catch (cause) {
    throw new ServiceError('InvalidInput', `${path} is not JSON`, { fix: 'Fetch the model again.', cause });
  }
  return {};
}

function missing(what: string): ServiceError {
  return new ServiceError('InvalidInput', `The model has no ${what}`, {
    fix: 'Give a folder, wheel or ZIP with model.onnx (or BERT weights as model.safetensors) and tokenizer.json or vocab.txt.',
  });
}
