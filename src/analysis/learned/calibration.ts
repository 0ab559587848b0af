/** Turns raw scores into probabilities: softmax of `sharpness * score + offset`. */
export interface Calibration {
  readonly sharpness: number;
  /** One for each label. */
  readonly offsets: Float32Array;
  /** What the probabilities are multiplied with before the best is chosen: rare labels would never win otherwise. */
  readonly favours: Float32Array;
}

export function toProbabilities(scores: ArrayLike<number>, calibration: Calibration): Float64Array {
  const shares = Float64Array.from(
    scores,
    (score, i) => calibration.sharpness * score + (calibration.offsets[i] ?? 0),
  );
  const top = shares.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  let total = 0;
  for (let i = 0; i < shares.length; i++) {
    shares[i] = Math.exp((shares[i] as number) - top);
    total += shares[i] as number;
  }
  return shares.map((share) => share / total);
}

/** Index of the chosen label. */
export function chooseLabel(probabilities: Float64Array, { favours }: Calibration): number {
  let best = 0;
  for (let i = 1; i < probabilities.length; i++) {
    const value = (probabilities[i] as number) * (favours[i] ?? 1);
    if (value > (probabilities[best] as number) * (favours[best] ?? 1)) best = i;
  }
  return best;
}
