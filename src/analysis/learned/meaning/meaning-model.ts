import type { Calibration } from '../calibration.ts';
import type { MeaningHead } from './meaning-head.ts';

/** What a learned model knows beside the words, for texts that come with a vector of the same embedding model. */
export interface MeaningModel {
  /** Id of the embedding model: vectors of another one say nothing here. */
  readonly embedder: string;
  /** Each with what its scores count beside those of the words. */
  readonly heads: readonly WeighedHead[];
  /** Of words and meaning together. */
  readonly calibration: Calibration;
}

export interface WeighedHead {
  readonly head: MeaningHead;
  /** Where its part of a vector starts. */
  readonly at: number;
  readonly weight: number;
}

/** Vector of a text, and which embedding model made it. */
export interface Meaning {
  readonly embedder: string;
  /** Of the vector, of one size, each at length 1. */
  readonly parts: number;
  readonly vector: Float32Array;
}
