import { describe, expect, it } from 'vitest';
import { countGrams } from '../../../../src/analysis/learned/count-grams.ts';
import { createLearner } from '../../../../src/analysis/learned/create-learner.ts';
import { createRandom } from '../../../../src/analysis/learned/create-random.ts';
import { createRecollection } from '../../../../src/analysis/learned/create-recollection.ts';
import { decideField } from '../../../../src/analysis/learned/decide-field.ts';
import { decodeModel, encodeModel } from '../../../../src/analysis/learned/encode-model.ts';
import { addMeaning } from '../../../../src/analysis/learned/meaning/add-meaning.ts';
import { dot, invertFactor } from '../../../../src/analysis/learned/meaning/factor-positive.ts';
import { scoreMeaning } from '../../../../src/analysis/learned/meaning/meaning-head.ts';
import type { Meaning } from '../../../../src/analysis/learned/meaning/meaning-model.ts';
import { type MeaningRow, trainHead } from '../../../../src/analysis/learned/meaning/train-head.ts';
import { measureModel } from '../../../../src/analysis/learned/measure-model.ts';
import { trainModel } from '../../../../src/analysis/learned/train-model.ts';

const LABELS = ['bill', 'praise', 'return'];
const random = createRandom(3);

/** Near the axis of its label, with noise. */
function vectorOf(label: number, noise = 0.4): Float32Array {
  const values = Float32Array.from({ length: 6 }, (_, i) => (i === label ? 1 : 0) + noise * (random() - 0.5));
  const length = Math.hypot(...values);
  return values.map((value) => value / length);
}

const meaningOf = (label: number): Meaning => ({ embedder: 'e@1', parts: 1, vector: vectorOf(label) });

/** The words say nothing: only the meaning tells the labels apart. */
const rows = Array.from({ length: 60 }, (_, i) => ({
  grams: countGrams({ subject: '', body: `word${i * 7} word${i * 13 + 1}` }),
  label: LABELS[i % 3] ?? '',
  group: String(i),
  meaning: meaningOf(i % 3),
}));
const trained = addMeaning(trainModel(rows), rows);
const TEXT = { subject: '', body: 'something that was never seen' };

describe('a model with meaning', () => {
  it('decides what the words do not tell, names the nearest mail, and survives being stored', () => {
    const stored = decodeModel(encodeModel(trained.model));
    expect(stored?.meaning).toEqual(trained.model.meaning);
    const learner = createLearner(trained.model);
    for (const [i, label] of LABELS.entries()) {
      const decision = learner.decide(TEXT, meaningOf(i));
      expect(decision).toMatchObject({ label, nearest: { label } });
      expect(decision.confidence).toBeGreaterThan(0.6);
    }
    expect(measureModel(trained.model, trained.heldAside).accuracy).toBeGreaterThan(0.9);
    const { reasons } = decideField(TEXT, { learner, recollect: () => undefined }, meaningOf(1)) ?? {};
    expect(reasons?.[0]?.text).toContain('mail taught as "praise"');
  });

  it('decides by the words where a text comes without, or of another embedding model', () => {
    const words = createLearner(trainModel(rows).model).decide(TEXT);
    const learner = createLearner(trained.model);
    expect(learner.decide(TEXT)).toEqual(words);
    expect(learner.decide(TEXT, { ...meaningOf(1), embedder: 'e@2' })).toEqual(words);
  });

  it('leaves a model alone whose rows have no vectors, or too few', () => {
    const few = rows.map(({ meaning, ...row }, i) => (i % 2 === 0 ? { ...row, meaning } : row));
    expect(addMeaning(trainModel(few), few).model).toEqual(trainModel(few).model);
  });

  it('counts what is useless for nothing', () => {
    const noise = rows.map((row, i) => ({
      ...row,
      grams: countGrams({ subject: '', body: `about ${LABELS[i % 3] ?? ''}` }),
      meaning: meaningOf((i * 7) % 2),
    }));
    const { model } = addMeaning(trainModel(noise), noise);
    expect(createLearner(model).decide({ subject: '', body: 'about praise' }, meaningOf(0)).label).toBe(
      'praise',
    );
  });
});

describe('a head', () => {
  const taught: MeaningRow[] = Array.from({ length: 24 }, (_, i) => ({
    vector: vectorOf(i % 3),
    label: i % 3,
    group: String(i >> 1),
  }));
  const place = { at: 0, dimensions: 6, labels: 3 };

  it('says of rows held aside what a head says that never saw their group', () => {
    const { head, heldAside } = trainHead(taught, place);
    const rest = taught.filter(({ group }) => group !== '4');
    const without = trainHead(rest, place);
    // The centre is that of all rows: moving it by two of them changes little.
    const scores = scoreMeaning(without.head, taught[8]?.vector as Float32Array, 0, 3);
    for (const [label, score] of scores.entries()) expect(heldAside[8]?.[label]).toBeCloseTo(score, 0.5);
    expect(head.vectors).toHaveLength(24 * 6);
  });

  it('inverts what it must', () => {
    const matrix = Float64Array.from([4, 2, 0.6, 2, 5, 1, 0.6, 1, 3]);
    const { size, values } = invertFactor({ size: 3, values: matrix.slice() });
    const entry = (a: number, b: number) => dot(values, a * size, values, b * size, size);
    for (let i = 0; i < 3; i++) {
      for (let j = 0; j < 3; j++) {
        const sum = [0, 1, 2].reduce((total, k) => total + (matrix[i * 3 + k] ?? 0) * entry(k, j), 0);
        expect(sum).toBeCloseTo(i === j ? 1 : 0, 10);
      }
    }
  });
});

describe('a correction that was embedded', () => {
  it('decides mail that means the same in other words, and no other', () => {
    const [seed, other] = [meaningOf(0), meaningOf(2)];
    const grams = countGrams({ subject: 'Parcel', body: 'where does it stay' });
    const recollect = createRecollection([{ label: 'order', grams, meaning: seed }]);
    const text = { subject: 'Delivery', body: 'nothing has arrived' };
    expect(recollect(text)).toBeUndefined();
    expect(recollect(text, seed)).toMatchObject({ label: 'order' });
    expect(recollect(text, other)).toBeUndefined();
    expect(recollect(text, { ...seed, embedder: 'e@2' })).toBeUndefined();
  });
});
