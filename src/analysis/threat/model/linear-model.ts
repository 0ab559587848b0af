/** Hashed features in blocks with index ranges of their own, each index once: words of a text, shape of a header. */
export type FeatureBlocks = readonly Int32Array[];

/** A logistic regression over hashed features, one byte a weight. */
export interface LinearModel {
  readonly bits: number;
  readonly bias: number;
  /** Value of one step of a weight. */
  readonly scale: number;
  readonly weights: Int8Array;
  /** A probability; at or above it the model says yes. */
  readonly threshold: number;
}

/** 0 to 1. Each feature weighs 1/sqrt(size of its block), so that long texts do not score for their length. */
export function scoreFeatures({ bias, scale, weights }: LinearModel, blocks: FeatureBlocks): number {
  let logit = bias;
  for (const block of blocks) {
    let sum = 0;
    for (let i = 0; i < block.length; i += 1) sum += weights[block[i] ?? 0] ?? 0;
    logit += (sum * scale) / Math.sqrt(Math.max(1, block.length));
  }
  return 1 / (1 + Math.exp(-logit));
}
