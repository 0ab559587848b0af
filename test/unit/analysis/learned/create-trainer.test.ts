import { readFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';
import { afterAll, describe, expect, it } from 'vitest';
import { countGrams } from '../../../../src/analysis/learned/count-grams.ts';
import { createTrainer } from '../../../../src/analysis/learned/create-trainer.ts';
import { encodeGrams } from '../../../../src/analysis/learned/encode-grams.ts';
import { decodeModel, encodeModel } from '../../../../src/analysis/learned/encode-model.ts';
import { trainModel } from '../../../../src/analysis/learned/train-model.ts';

const rows = readFileSync(new URL('../../../fixtures/eval/triage.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as { subject: string; body: string; category: string; group: string })
  .map(({ subject, body, category, group }) => ({
    grams: countGrams({ subject, body }),
    label: category,
    group,
  }));
const stored = rows.map((row) => ({ ...row, grams: encodeGrams(row.grams) }));

describe('training in a thread', { timeout: 60_000 }, () => {
  const trainer = createTrainer();
  afterAll(() => trainer.close());

  it('gives the model that training here gives, and lets this thread go on meanwhile', async () => {
    expect(isMainThread).toBe(true);
    let ticks = 0;
    const clock = setInterval(() => ticks++, 1);
    const { model, figures } = await trainer.train(stored).finally(() => clearInterval(clock));
    // The bytes may differ: an array of whole numbers is stored as integers or doubles, as the engine held it.
    expect(decodeModel(model)).toEqual(decodeModel(encodeModel(trainModel(rows).model)));
    expect(figures.accuracy).toBeGreaterThan(0.7);
    expect(ticks).toBeGreaterThan(5);
  });

  it('says which training failed, and trains the next', async () => {
    const cutOff = stored.map((row) => ({ ...row, grams: row.grams.subarray(1) }));
    await expect(trainer.train(cutOff)).rejects.toMatchObject({ type: 'Internal' });
    expect((await trainer.train(stored)).figures.accuracy).toBeGreaterThan(0.7);
  });
});
