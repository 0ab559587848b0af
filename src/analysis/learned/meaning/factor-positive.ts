/** Rows of a square matrix, one after another. */
export interface Square {
  readonly size: number;
  readonly values: Float64Array;
}

/**
 * For a symmetric positive definite K = L·Lᵀ (Cholesky): the transpose of L⁻¹, whose row i starts at i. K⁻¹ is it times
 * its own transpose. Two thirds of size³ operations; `matrix` is overwritten.
 */
export function invertFactor({ size, values }: Square): Square {
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      const rest = (values[i * size + j] as number) - dot(values, i * size, values, j * size, j);
      values[i * size + j] = i === j ? Math.sqrt(rest) : rest / (values[j * size + j] as number);
    }
  }
  const inverse = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    const row = i * size;
    inverse[row + i] = 1 / (values[row + i] as number);
    for (let k = i + 1; k < size; k++) {
      const sum = dot(values, k * size + i, inverse, row + i, k - i);
      inverse[row + k] = -sum / (values[k * size + k] as number);
    }
  }
  return { size, values: inverse };
}

/** Of `length` numbers from each start; four sums at a time. */
export function dot(a: Float64Array, fromA: number, b: Float64Array, fromB: number, length: number): number {
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  let i = 0;
  for (; i + 3 < length; i += 4) {
    s0 += (a[fromA + i] as number) * (b[fromB + i] as number);
    s1 += (a[fromA + i + 1] as number) * (b[fromB + i + 1] as number);
    s2 += (a[fromA + i + 2] as number) * (b[fromB + i + 2] as number);
    s3 += (a[fromA + i + 3] as number) * (b[fromB + i + 3] as number);
  }
  for (; i < length; i++) s0 += (a[fromA + i] as number) * (b[fromB + i] as number);
  return s0 + s1 + s2 + s3;
}
