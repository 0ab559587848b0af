import { dot, invertFactor, type Square } from './factor-positive.ts';
import { type MeaningHead, toCentred, toLikeness } from './meaning-head.ts';

export interface MeaningRow {
  /** Parts of length 1 each, one after another. */
  readonly vector: Float32Array;
  /** Index into the labels. */
  readonly label: number;
  /** Rows that tell of the same case. */
  readonly group: string;
}

export interface TrainedHead {
  readonly head: MeaningHead;
  /** Of every row, by a head that had learned all rows but those of its group. */
  readonly heldAside: readonly Float32Array[];
}

/** Holds single rows back: with less each row is believed to the letter. */
const HOLD = 0.3;

/**
 * Kernel ridge regression on the labels (Rasmussen and Williams, 2006, 2.2), for the part of the vectors from `at`.
 * What it says of rows held aside follows from the one solution (there 5.4.2), so that nothing is learned twice.
 */
export function trainHead(
  rows: readonly MeaningRow[],
  { at, dimensions, labels }: { at: number; dimensions: number; labels: number },
): TrainedHead {
  const centre = meanOf(rows, at, dimensions);
  const vectors = new Float32Array(rows.length * dimensions);
  for (const [i, { vector }] of rows.entries()) vectors.set(toCentred(vector, at, centre), i * dimensions);
  const inverse = invertFactor(toKernel(vectors, dimensions, rows.length));
  const coefficients = solve(inverse, rows, labels);
  const own = Uint16Array.from(rows, ({ label }) => label);
  const head = { dimensions, centre, vectors, labels: own, coefficients };
  return { head, heldAside: leaveOut(inverse, rows, coefficients, labels) };
}

function meanOf(rows: readonly MeaningRow[], at: number, dimensions: number): Float32Array {
  const sum = new Float32Array(dimensions);
  for (const { vector } of rows) {
    for (let i = 0; i < dimensions; i++) sum[i] = (sum[i] as number) + (vector[at + i] as number);
  }
  return sum.map((value) => value / Math.max(1, rows.length));
}

function toKernel(vectors: Float32Array, dimensions: number, size: number): Square {
  const exact = Float64Array.from(vectors);
  const values = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      const cosine = dot(exact, i * dimensions, exact, j * dimensions, dimensions);
      values[i * size + j] = toLikeness(cosine) + (i === j ? HOLD : 0);
    }
  }
  return { size, values };
}

/** K⁻¹ times the labels, 1 for a row's own and 0 for the others. */
function solve({ size, values }: Square, rows: readonly MeaningRow[], labels: number): Float32Array {
  const half = new Float64Array(labels * size);
  for (const [i, { label }] of rows.entries()) {
    for (let k = i; k < size; k++)
      half[label * size + k] = (half[label * size + k] as number) + (values[i * size + k] as number);
  }
  const coefficients = new Float32Array(size * labels);
  for (let i = 0; i < size; i++) {
    for (let label = 0; label < labels; label++)
      coefficients[i * labels + label] = dot(values, i * size + i, half, label * size + i, size - i);
  }
  return coefficients;
}

function leaveOut(
  inverse: Square,
  rows: readonly MeaningRow[],
  coefficients: Float32Array,
  labels: number,
): Float32Array[] {
  const groups = new Map<string, number[]>();
  for (const [i, { group }] of rows.entries()) groups.set(group, [...(groups.get(group) ?? []), i]);
  const scores: Float32Array[] = rows.map(() => new Float32Array(labels));
  for (const members of groups.values()) {
    const block = invertFactor(blockOf(inverse, members));
    for (const [a, row] of members.entries()) {
      const own = scores[row] as Float32Array;
      own[rows[row]?.label ?? 0] = 1;
      for (const [b, other] of members.entries()) {
        const weight = entryOf(block, a, b);
        for (let label = 0; label < labels; label++)
          own[label] = (own[label] as number) - weight * (coefficients[other * labels + label] as number);
      }
    }
  }
  return scores;
}

function blockOf(inverse: Square, members: readonly number[]): Square {
  const values = members.flatMap((a) => members.map((b) => entryOf(inverse, a, b)));
  return { size: members.length, values: Float64Array.from(values) };
}

/** Of the inverse whose factor this is. */
function entryOf({ size, values }: Square, a: number, b: number): number {
  const from = Math.max(a, b);
  return dot(values, a * size + from, values, b * size + from, size - from);
}
