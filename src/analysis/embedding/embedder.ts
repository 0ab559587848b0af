/** Turns text into vectors that lie near each other when the texts are alike: one part for each kind of likeness. */
export interface Embedder {
  /** Vectors of two ids must not be compared. */
  readonly id: string;
  /** Of a vector, of one size, each at length 1. The first tells what a text is about. */
  readonly parts: number;
  /** One for each text, in order; undefined where there is none: decisions then do without. Never throws. */
  embed(texts: readonly string[]): Promise<(Float32Array | undefined)[]>;
  close(): Promise<void>;
}
