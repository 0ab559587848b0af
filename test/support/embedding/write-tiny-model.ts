import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createRandom } from '../../../src/analysis/learned/create-random.ts';

const PIECES = [
  '[PAD]',
  '[UNK]',
  '[CLS]',
  '[SEP]',
  '[MASK]',
  'the',
  'invoice',
  'un',
  '##aff',
  '##able',
  'late',
  'is',
  '.',
];
const WIDTH = 8;

/** A BERT of two layers with weights from a seed, as Hugging Face lays it out: 10 KB, and made anew for every test. */
export async function writeTinyModel(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const config = {
    model_type: 'bert',
    hidden_act: 'gelu',
    hidden_size: WIDTH,
    num_hidden_layers: 2,
    num_attention_heads: 2,
    layer_norm_eps: 1e-12,
  };
  await writeFile(join(folder, 'config.json'), JSON.stringify(config));
  await writeFile(join(folder, 'vocab.txt'), `${PIECES.join('\n')}\n`);
  await writeFile(join(folder, 'model.safetensors'), toSafetensors(listWeights()));
}

function listWeights(): [name: string, shape: number[]][] {
  const linear = (name: string, from: number, to: number): [string, number[]][] => [
    [`${name}.weight`, [to, from]],
    [`${name}.bias`, [to]],
  ];
  const norm = (name: string): [string, number[]][] => [
    [`${name}.weight`, [WIDTH]],
    [`${name}.bias`, [WIDTH]],
  ];
  const layer = (at: string) => [
    ...['query', 'key', 'value'].flatMap((one) => linear(`${at}.attention.self.${one}`, WIDTH, WIDTH)),
    ...linear(`${at}.attention.output.dense`, WIDTH, WIDTH),
    ...norm(`${at}.attention.output.LayerNorm`),
    ...linear(`${at}.intermediate.dense`, WIDTH, 2 * WIDTH),
    ...linear(`${at}.output.dense`, 2 * WIDTH, WIDTH),
    ...norm(`${at}.output.LayerNorm`),
  ];
  return [
    ['embeddings.word_embeddings.weight', [PIECES.length, WIDTH]],
    ['embeddings.position_embeddings.weight', [64, WIDTH]],
    ['embeddings.token_type_embeddings.weight', [2, WIDTH]],
    ...norm('embeddings.LayerNorm'),
    ...layer('encoder.layer.0'),
    ...layer('encoder.layer.1'),
  ];
}

function toSafetensors(weights: readonly [string, number[]][]): Buffer {
  const random = createRandom(7);
  const header: Record<string, object> = {};
  const bodies: Buffer[] = [];
  let at = 0;
  for (const [name, shape] of weights) {
    const size = shape.reduce((product, one) => product * one, 1);
    const body = Buffer.from(Float32Array.from({ length: size }, () => random() - 0.5).buffer);
    header[name] = { dtype: 'F32', shape, data_offsets: [at, at + body.length] };
    at += body.length;
    bodies.push(body);
  }
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([length, text, ...bodies]);
}
