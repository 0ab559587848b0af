import { mix } from './hash.ts';
import { LABELS } from './name-model.ts';

/** The hash of one label that follows another, in front of a token of some look (0: whatever it looks like). */
export function stepHash(before: number, look: number): number {
  return mix(mix(before, 0x51ed270b), look);
}

/** I- of a kind follows B- or I- of that kind only. */
function mayFollow(label: number, before: number): boolean {
  return label === 0 || label % 2 === 1 || before === label || before === label - 1;
}

/**
 * The best sequence of labels (Viterbi): linear in tokens. `features` as `toFeatures` gives them; the third and fourth
 * tell the look of a token.
 */
export function tagTokens(
  features: readonly Int32Array[],
  weights: Int8Array | Float64Array,
  buckets: number,
): Uint8Array {
  const back = new Uint8Array(features.length * LABELS);
  const moves = new Float64Array(LABELS);
  let before = new Float64Array(LABELS).fill(Number.NEGATIVE_INFINITY);
  before[0] = 0;
  for (const [i, own] of features.entries()) {
    const scores = new Float64Array(LABELS);
    for (const hash of own) addRow(scores, weights, rowOf(hash, buckets));
    before = step(before, own, scores, (label, from) => {
      back[i * LABELS + label] = from;
    });
  }
  return walkBack(before, back, features.length);

  function step(
    last: Float64Array,
    own: Int32Array,
    scores: Float64Array,
    remember: (label: number, from: number) => void,
  ): Float64Array<ArrayBuffer> {
    const best = new Float64Array(LABELS).fill(Number.NEGATIVE_INFINITY);
    const floor = floorOf(last);
    for (let from = 0; from < LABELS; from++) {
      const reached = last[from] ?? 0;
      if (reached < floor || reached === Number.NEGATIVE_INFINITY) continue;
      moves.fill(reached);
      addRow(moves, weights, rowOf(stepHash(from, 0), buckets));
      addRow(moves, weights, rowOf(stepHash(from, own[3] ?? 0), buckets));
      addRow(moves, weights, rowOf(stepHash(from, own[1] ?? 0), buckets));
      for (let label = 0; label < LABELS; label++) {
        const total = (moves[label] ?? 0) + (scores[label] ?? 0);
        if (total <= (best[label] ?? 0) || !mayFollow(label, from)) continue;
        best[label] = total;
        remember(label, from);
      }
    }
    return best;
  }
}

/** The fourth best score: what lies below it has no future (beam of four). */
function floorOf(scores: Float64Array): number {
  let [a, b, c, d] = [
    Number.NEGATIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ];
  for (const score of scores) {
    if (score > a) [a, b, c, d] = [score, a, b, c];
    else if (score > b) [b, c, d] = [score, b, c];
    else if (score > c) [c, d] = [score, c];
    else if (score > d) d = score;
  }
  return d;
}

function rowOf(hash: number, buckets: number): number {
  return ((hash >>> 0) % buckets) * LABELS;
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
