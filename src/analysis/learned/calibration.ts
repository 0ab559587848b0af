import type { SureFrom } from '../../domain/analysis.ts';

/** Turns raw scores into probabilities: softmax of `sharpness * score + offset`. */
export interface Calibration {
  readonly sharpness: number;
  /** One for each label. */
  readonly offsets: Float32Array;
  /** What the probabilities are multiplied with before the best is chosen: rare labels would never win otherwise. */
  readonly favours: Float32Array;
  /** Chosen where no label is as likely as `below`; undefined without such a label. */
  readonly fallback: { readonly label: number; readonly below: number } | undefined;
  readonly sureness: Sureness;
  /** Absent in models of earlier versions. */
  readonly sureFrom?: SureFrom;
}

/** How often choices were right (`right`) that were held for so likely (`likely`, ascending), on rows held aside. */
export interface Sureness {
  readonly likely: Float32Array;
  readonly right: Float32Array;
}

export type Odds = Pick<Calibration, 'sharpness' | 'offsets'>;

export function toProbabilities(scores: ArrayLike<number>, calibration: Odds): Float64Array {
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
export function chooseLabel(
  probabilities: Float64Array,
  { favours, fallback }: Pick<Calibration, 'favours' | 'fallback'>,
): number {
  let best = 0;
  for (let i = 1; i < probabilities.length; i++) {
    const value = (probabilities[i] as number) * (favours[i] ?? 1);
    if (value > (probabilities[best] as number) * (favours[best] ?? 1)) best = i;
  }
  return fallback !== undefined && (probabilities[best] as number) < fallback.below ? fallback.label : best;
}

/** How likely the choice is right, 0 to 1: straight lines between what was measured. */
export function toConfidence(probability: number, { likely, right }: Sureness): number {
  const after = likely.findIndex((known) => known >= probability);
  if (after === 0 || likely.length === 0) return right[0] ?? probability;
  if (after < 0) return right[right.length - 1] as number;
  const [low, high] = [likely[after - 1] as number, likely[after] as number];
  const share = (probability - low) / Math.max(1e-9, high - low);
  return (right[after - 1] as number) * (1 - share) + (right[after] as number) * share;
}
