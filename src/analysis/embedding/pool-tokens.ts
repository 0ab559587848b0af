export interface TokenVectors {
  /** `[texts, tokens, width]`, or `[texts, width]` when the model has pooled them itself. */
  readonly data: Float32Array;
  readonly dims: readonly number[];
  /** Tokens of each text that are no padding. */
  readonly lengths: readonly number[];
}

/** One vector for each text; each of its parts has the length 1. */
export function poolTokens(
  vectors: TokenVectors,
  { pooling, parts }: { readonly pooling: 'mean' | 'first'; readonly parts: number },
): Float32Array[] {
  const { data, dims, lengths } = vectors;
  const width = dims.at(-1) ?? 0;
  const tokens = dims.length === 2 ? 1 : (dims[1] ?? 0);
  if (width % parts !== 0 || data.length !== lengths.length * tokens * width) {
    throw new Error('The model answered with another number of vectors than it was asked for');
  }
  return lengths.map((length, text) => {
    const sum = new Float32Array(width);
    const counted = pooling === 'first' ? 1 : Math.min(length, tokens);
    for (let token = 0; token < counted; token++) {
      const start = (text * tokens + token) * width;
      for (let i = 0; i < width; i++) sum[i] = (sum[i] as number) + (data[start + i] as number);
    }
    return toUnits(sum, width / parts);
  });
}

function toUnits(vector: Float32Array, dimensions: number): Float32Array {
  for (let at = 0; at < vector.length; at += dimensions) {
    const part = vector.subarray(at, at + dimensions);
    const length = Math.hypot(...part);
    if (!Number.isFinite(length) || length === 0) throw new Error('The model answered with no usable vector');
    for (let i = 0; i < dimensions; i++) part[i] = (part[i] as number) / length;
  }
  return vector;
}
