import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEmbedder } from '../../../../src/analysis/embedding/create-embedder.ts';
import type { Embedder } from '../../../../src/analysis/embedding/embedder.ts';
import { toBertDefinition } from '../../../../src/analysis/embedding/tokenizer.ts';
import { writeFakeRuntime } from '../../../support/embedding/write-fake-runtime.ts';

const PIECES = ['[UNK]', '[CLS]', '[SEP]', 'boom', 'slow', 'good', 'day'];
const MANIFEST = {
  name: 'fake',
  source: 'test',
  sha256: 'a'.repeat(64),
  parts: 2,
  pooling: 'mean',
  maxTokens: 16,
  addedAt: '2026-01-01T00:00:00.000Z',
};

let models: string;
let folder: string;
const faults: unknown[] = [];
const open: Embedder[] = [];

async function openFake(maxMs = 5_000): Promise<Embedder> {
  faults.length = 0;
  const embedder = await createEmbedder({ folder, onFault: (error) => faults.push(error), maxMs });
  open.push(embedder);
  return embedder;
}

beforeAll(async () => {
  models = await mkdtemp(join(tmpdir(), 'mailroom-models-'));
  folder = await mkdtemp(join(models, 'fake-'));
  await writeFakeRuntime(models, { boom: PIECES.indexOf('boom'), slow: PIECES.indexOf('slow') });
  await writeFile(join(folder, 'model.json'), JSON.stringify(MANIFEST));
  await writeFile(join(folder, 'tokenizer.json'), JSON.stringify(toBertDefinition(PIECES.join('\n'), true)));
  await writeFile(join(folder, 'tokenizer_config.json'), '{}');
});

afterAll(async () => {
  await Promise.all(open.map((embedder) => embedder.close()));
  await rm(models, { recursive: true });
});

describe('the embedder', () => {
  it('answers in order, each part at length 1, whatever texts share a batch', async () => {
    const embedder = await openFake();
    const texts = ['good', 'day day day', 'good', ...Array.from({ length: 40 }, (_, i) => `day ${i}`)];
    const vectors = await embedder.embed(texts);
    expect(embedder.id).toBe('fake@aaaaaaaaaaaa');
    expect(vectors).toHaveLength(texts.length);
    expect(vectors[0]).toEqual(vectors[2]);
    expect(vectors[0]).not.toEqual(vectors[1]);
    const [x = 0, y = 0, z = 0, w = 0] = vectors[0] ?? [];
    expect([Math.hypot(x, y), Math.hypot(z, w)]).toEqual([expect.closeTo(1, 5), expect.closeTo(1, 5)]);
    expect(faults).toEqual([]);
  });

  it('says a fault once and goes on without', async () => {
    const embedder = await openFake();
    expect(await embedder.embed(['boom'])).toEqual([undefined]);
    expect(await embedder.embed(['boom', 'good'])).toEqual([undefined, undefined]);
    expect(faults.map(String)).toEqual([expect.stringContaining('the session is broken')]);
  });

  it('ends what takes too long', async () => {
    const embedder = await openFake(200);
    expect(await embedder.embed(['slow'])).toEqual([undefined]);
    expect(faults).toHaveLength(1);
  });

  it('refuses a folder without a model, and says what to do', async () => {
    const opening = createEmbedder({ folder: models, onFault: () => undefined });
    await expect(opening).rejects.toMatchObject({
      type: 'NotFound',
      fix: expect.stringContaining('models add'),
    });
  });
});
