import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { describeLearnedModels, describeSentenceModel } from '../../../src/cli/describe-models.ts';
import { writeFakeRuntime } from '../../support/embedding/write-fake-runtime.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mailroom-models-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function install(): Promise<void> {
  const added = {
    name: 'minilm',
    source: 'PyPI x 1',
    sha256: 'a'.repeat(64),
    pooling: 'mean',
    maxTokens: 256,
    parts: 1,
  };
  await mkdir(join(folder, 'minilm'));
  const manifest = JSON.stringify({ ...added, addedAt: '2026-11-02T10:00:00.000Z' });
  await writeFile(join(folder, 'minilm', 'model.json'), manifest);
}

test('no sentence model is no fault, and how to add one is said', async () => {
  expect(await describeSentenceModel(folder)).toContain('npm run mailroom -- models add minilm');
});

test('a sentence model is named, with where it came from', async () => {
  await install();
  await writeFakeRuntime(folder, { boom: -1, slow: -1 });
  expect(await describeSentenceModel(folder)).toBe('minilm (PyPI x 1), added 2026-11-02');
});

test('a sentence model without what runs it is a fault with its fix', async () => {
  await install();
  await expect(describeSentenceModel(folder)).rejects.toMatchObject({
    type: 'NotFound',
    fix: expect.stringContaining('models remove minilm'),
  });
});

test('learned models are named one a line, and how to teach where there are none', () => {
  const trainedAt = new Date('2026-11-03T00:00:00Z');
  const model = {
    accountId: 'support',
    field: 'category',
    version: '1f3a9c2b',
    rows: 72,
    trainedAt,
  } as const;
  expect(describeLearnedModels([model, { ...model, field: 'priority' }])).toBe(
    'support category 1f3a9c2b (72 rows, 2026-11-03)\nsupport priority 1f3a9c2b (72 rows, 2026-11-03)',
  );
  expect(describeLearnedModels([])).toContain('npm run mailroom -- learn');
});
