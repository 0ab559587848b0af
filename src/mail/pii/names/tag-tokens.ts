import { FEATURES, KIND_FEATURE, SHAPE_FEATURE } from './features.ts';
import { mix } from './hash.ts';
import { LABELS } from './labels.ts';
import { sumPacked } from './packed-rows.ts';

const NEVER = Number.NEGATIVE_INFINITY;
const STEP = 0x51ed270b;
/** Of each label, hashed, whatever follows it. */
const STEPS = Int32Array.from({ length: LABELS }, (_, label) => mix(label, STEP));
/** Which labels may follow each: I- of a kind follows B- or I- of that kind only. */
const FOLLOWERS = Array.from({ length: LABELS }, (_before, before) =>
  Uint8Array.from(
    Array.from({ length: LABELS }, (_label, label) => label).filter(
      (label) => label === 0 || label % 2 === 1 || before === label || before === label - 1,
    ),
  ),
);

/** The hash of one label that follows another, in front of a token of some look (0: whatever it looks like). */
export function stepHash(before: number, look: number): number {
  return mix(STEPS[before] ?? 0, look);
}

/** The hashes of the looks that a step is judged by. */
export function looksOf(features: Int32Array, token: number): readonly [number, number, number] {
  const at = token * FEATURES;
  return [0, features[at + KIND_FEATURE] ?? 0, features[at + SHAPE_FEATURE] ?? 0];
}

/** One row of `LABELS` for each bucket; `packed` says the same, faster, of a model that learns no more. */
export interface Weights {
  readonly weights: Int8Array | Float64Array;
  readonly packed?: Uint32Array;
  readonly buckets: number;
}

/** The best sequence of labels (Viterbi): linear in tokens. `features` as `toFeatures` gives them; `buckets` a power of two. */
export function tagTokens(features: Int32Array, { weights, packed, buckets }: Weights): Uint8Array {
  const length = features.length / FEATURES;
  const mask = buckets - 1;
  const back = new Uint8Array(length * LABELS);
  const scores = new Float64Array(LABELS);
  let before = new Float64Array(LABELS).fill(NEVER);
  let best = new Float64Array(LABELS);
  before[0] = 0;
  for (let i = 0; i < length; i++) {
    if (packed !== undefined) sumPacked(scores, packed, features, i * FEATURES, mask);
    else sumRows(scores, weights, features, i * FEATURES, mask);
    const kind = features[i * FEATURES + KIND_FEATURE] ?? 0;
    const shape = features[i * FEATURES + SHAPE_FEATURE] ?? 0;
    const floor = floorOf(before);
    best.fill(NEVER);
    for (let from = 0; from < LABELS; from++) {
      const reached = before[from] ?? 0;
      if (reached < floor || reached === NEVER) continue;
      const any = (stepHash(from, 0) & mask) * LABELS;
      const ofKind = (stepHash(from, kind) & mask) * LABELS;
      const ofShape = (stepHash(from, shape) & mask) * LABELS;
      const followers = FOLLOWERS[from] ?? new Uint8Array();
      for (let f = 0; f < followers.length; f++) {
        const label = followers[f] ?? 0;
        const step =
          (weights[any + label] ?? 0) + (weights[ofKind + label] ?? 0) + (weights[ofShape + label] ?? 0);
        const total = reached + step + (scores[label] ?? 0);
        if (total <= (best[label] ?? 0)) continue;
        best[label] = total;
        back[i * LABELS + label] = from;
      }
    }
    [before, best] = [best, before];
  }
  return walkBack(before, back, length);
}

/** The fourth best score: what lies below it has no future (beam of four). */
function floorOf(scores: Float64Array): number {
  let [a, b, c, d] = [NEVER, NEVER, NEVER, NEVER];
  for (let i = 0; i < LABELS; i++) {
    const score = scores[i] ?? 0;
    if (score <= d) continue;
    d = score;
    if (d > c) [c, d] = [d, c];
    if (c > b) [b, c] = [c, b];
    if (b > a) [a, b] = [b, a];
  }
  return d;
}

function sumRows(
  scores: Float64Array,
  weights: Weights['weights'],
  features: Int32Array,
  from: number,
  mask: number,
): void {
  scores.fill(0);
  for (let f = from; f < from + FEATURES; f++) addRow(scores, weights, ((features[f] ?? 0) & mask) * LABELS);
}

function addRow(scores: Float64Array, weights: Int8Array | Float64Array, row: number): void {
  for (let label = 0; label < LABELS; label++)
    scores[label] = (scores[label] ?? 0) + (weights[row + label] ?? 0);
}

function walkBack(last: Float64Array, back: Uint8Array, length: number): Uint8Array {
  const labels = new Uint8Array(length);
  let label = 0;
  for (let other = 1; other < LABELS; other++) if ((last[other] ?? 0) > (last[label] ?? 0)) label = other;
  for (let i = length - 1; i >= 0; i--) {
    labels[i] = label;
    label = back[i * LABELS + label] ?? 0;
  }
  return labels;
}
