import { createRandom } from '../../../src/analysis/learned/create-random.ts';

export interface Split<Row> {
  readonly known: readonly Row[];
  readonly held: readonly Row[];
}

/** Each row is held once; rows of one group are held together, so that a near copy never teaches about its twin. */
export function splitRows<Row>(
  rows: readonly Row[],
  folds: number,
  groupOf: (row: Row, index: number) => string = (_row, index) => String(index),
  seed = 1,
): Split<Row>[] {
  const random = createRandom(seed);
  const foldOf = new Map<string, number>();
  const places = rows.map((row, i) => {
    const group = groupOf(row, i);
    const known = foldOf.get(group) ?? Math.floor(random() * folds);
    foldOf.set(group, known);
    return known;
  });
  return Array.from({ length: folds }, (_, fold) => ({
    known: rows.filter((_row, i) => places[i] !== fold),
    held: rows.filter((_row, i) => places[i] === fold),
  })).filter(({ held }) => held.length > 0);
}
