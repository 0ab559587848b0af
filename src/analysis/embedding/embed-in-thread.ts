import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type ModelManifest, readModelManifest } from './model-manifest.ts';
import { poolTokens } from './pool-tokens.ts';
import { loadRuntime, type OnnxRuntime, type OnnxSession } from './runtime.ts';
import { createTokenizer, type Tokenize } from './tokenizer.ts';

export interface EmbedTask {
  readonly folder: string;
  readonly texts: readonly string[];
}

interface LoadedModel {
  readonly manifest: ModelManifest;
  readonly runtime: OnnxRuntime;
  readonly session: OnnxSession;
  readonly tokenize: Tokenize;
}

let loading: { readonly folder: string; readonly model: Promise<LoadedModel> } | undefined;

/** The job of an embedding thread; the first one loads the model. */
export default async function embedInThread({ folder, texts }: EmbedTask): Promise<Float32Array[]> {
  if (loading?.folder !== folder) loading = { folder, model: load(folder) };
  const { manifest, runtime, session, tokenize } = await loading.model;
  if (texts.length === 0) return [];
  const ids = texts.map(tokenize);
  const lengths = ids.map(({ length }) => length);
  const tokens = Math.max(...lengths);
  const feeds = toFeeds(runtime, session, ids, tokens);
  const answer = (await session.run(feeds))[session.outputNames[0] ?? ''];
  if (!(answer?.data instanceof Float32Array)) throw new Error('The model answered with no float32 numbers');
  return poolTokens({ data: answer.data, dims: answer.dims, lengths }, manifest);
}

function toFeeds(
  { Tensor }: OnnxRuntime,
  { inputNames }: OnnxSession,
  ids: readonly (readonly number[])[],
  tokens: number,
): Record<string, object> {
  const size = ids.length * tokens;
  const values = new BigInt64Array(size);
  const mask = new BigInt64Array(size);
  for (const [row, own] of ids.entries()) {
    for (const [column, id] of own.entries()) {
      values[row * tokens + column] = BigInt(id);
      mask[row * tokens + column] = 1n;
    }
  }
  const known = { input_ids: values, attention_mask: mask, token_type_ids: new BigInt64Array(size) };
  const wanted = Object.entries(known).filter(([name]) => inputNames.includes(name));
  return Object.fromEntries(
    wanted.map(([name, data]) => [name, new Tensor('int64', data, [ids.length, tokens])]),
  );
}

async function load(folder: string): Promise<LoadedModel> {
  const manifest = await readModelManifest(folder);
  const runtime = loadRuntime(dirname(folder));
  const [definition, config] = await Promise.all(
    ['tokenizer.json', 'tokenizer_config.json'].map((name) => readJson(join(folder, name))),
  );
  const tokenize = createTokenizer(
    { definition: definition ?? {}, config: config ?? {} },
    manifest.maxTokens,
  );
  const session = await runtime.InferenceSession.create(join(folder, 'model.onnx'), {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    logSeverityLevel: 3,
  });
  return { manifest, runtime, session, tokenize };
}

async function readJson(path: string): Promise<object> {
  const parsed: unknown = JSON.parse(await readFile(path, 'utf8'));
  if (typeof parsed !== 'object' || parsed === null) throw new Error(`${path} holds no object`);
  return parsed;
}
