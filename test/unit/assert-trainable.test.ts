import { expect, test } from 'vitest';
import type { ExampleRow, LearningStore } from '../../db/learning-store.ts';
import { assertTrainable } from '../../src/assert-trainable.ts';
import { toExample } from '../../src/sealed-learning.ts';
import { createSealer } from '../../src/security/seal.ts';

const sealer = createSealer(new Map([[1, new Uint8Array(32).fill(7)]]));

function rows(label: string, from: number, to: number): ExampleRow[] {
  const given = { accountId: 'a', field: 'category', messageId: null, origin: 'file', label } as const;
  return Array.from({ length: to - from }, (_, i) =>
    toExample({ ...given, text: { subject: `Row ${from + i}`, body: 'x' } }, sealer),
  );
}

function check(given: readonly ExampleRow[], stored: ExampleRow[] = [], unlabelled = 0) {
  const learning = { listExamples: async () => stored } as Partial<LearningStore> as LearningStore;
  return assertTrainable({ stores: { learning }, sealer }, given, { file: 'rows.jsonl', unlabelled });
}

test.each([
  [rows('order', 0, 1), [], 'rows.jsonl has 1 row with a label: 1 row of 1 label. Nothing was kept'],
  [rows('order', 0, 40), [], '40 rows of 1 label'],
  [rows('order', 0, 20), rows('order', 20, 40), '40 rows of 1 label with what was taught before'],
  // The file says of the same rows that they are of the other kind.
  [rows('order', 0, 40), rows('legal', 0, 40), '40 rows of 1 label'],
])('a file that makes no model is refused, with the fix (%#)', async (given, stored, said) => {
  await expect(check(given, stored)).rejects.toMatchObject({
    type: 'InvalidInput',
    message: expect.stringContaining(said),
    fix: expect.stringContaining('30 rows of two labels'),
  });
});

test('rows without a label are counted in the refusal, and make one where they are most', async () => {
  const few = [...rows('order', 0, 1), ...rows('legal', 1, 2)];
  await expect(check(few, [], 7)).rejects.toThrow('2 rows with a label, and 7 rows without one');
  await expect(check(few, [], 2)).resolves.toBeUndefined();
});

test.each<[ExampleRow[], ExampleRow[]]>([
  [[...rows('order', 0, 15), ...rows('legal', 15, 30)], []],
  [rows('order', 0, 29), rows('legal', 29, 30)],
  // Merely few: the rest may come tomorrow.
  [[...rows('order', 0, 10), ...rows('legal', 10, 20)], []],
  [rows('order', 0, 10), rows('legal', 10, 20)],
  // A correction is not replaced by the file.
  [rows('order', 0, 40), rows('legal', 0, 1).map((one) => ({ ...one, origin: 'correction' as const }))],
])('what makes a model, alone or with what was taught before, is taken (%#)', async (given, stored) => {
  await expect(check(given, stored)).resolves.toBeUndefined();
});
