import { FEATURES } from './features.ts';
import { LABELS } from './labels.ts';

/** Words of four weights each, one byte a weight, shifted to be positive. */
const WORDS = Math.ceil(LABELS / 4);
const SHIFT = 128;
const EVEN = 0x00ff00ff;

/** Rows of `LABELS` signed bytes as rows of words of four: their sums run two to an addition. */
export function packRows(weights: Int8Array): Uint32Array {
  const rows = weights.length / LABELS;
  const packed = new Uint32Array(rows * WORDS);
  for (let row = 0; row < rows; row++) {
    for (let label = 0; label < LABELS; label++) {
      const byte = (weights[row * LABELS + label] ?? 0) + SHIFT;
      const at = row * WORDS + (label >> 2);
      packed[at] = ((packed[at] ?? 0) | (byte << (8 * (label & 3)))) >>> 0;
    }
  }
  return packed;
}

/** Sums the rows of the 32 features from `from` on: up to 256 would fit, as each sum has 16 bits. Five words a row. */
export function sumPacked(
  scores: Float64Array,
  packed: Uint32Array,
  features: Int32Array,
  from: number,
  mask: number,
): void {
  let [e0, e1, e2, e3, e4, o0, o1, o2, o3] = [0, 0, 0, 0, 0, 0, 0, 0, 0];
  for (let f = from; f < from + FEATURES; f++) {
    const row = ((features[f] ?? 0) & mask) * WORDS;
    const a = packed[row] ?? 0;
    const b = packed[row + 1] ?? 0;
    const c = packed[row + 2] ?? 0;
    const d = packed[row + 3] ?? 0;
    e0 = (e0 + (a & EVEN)) | 0;
    o0 = (o0 + ((a >>> 8) & EVEN)) | 0;
    e1 = (e1 + (b & EVEN)) | 0;
    o1 = (o1 + ((b >>> 8) & EVEN)) | 0;
    e2 = (e2 + (c & EVEN)) | 0;
    o2 = (o2 + ((c >>> 8) & EVEN)) | 0;
    e3 = (e3 + (d & EVEN)) | 0;
    o3 = (o3 + ((d >>> 8) & EVEN)) | 0;
    e4 = (e4 + (packed[row + 4] ?? 0)) | 0;
  }
  unpack(scores, 0, e0, o0);
  unpack(scores, 4, e1, o1);
  unpack(scores, 8, e2, o2);
  unpack(scores, 12, e3, o3);
  scores[16] = e4 - SHIFT * FEATURES;
}

function unpack(scores: Float64Array, label: number, even: number, odd: number): void {
  scores[label] = (even & 0xffff) - SHIFT * FEATURES;
  scores[label + 1] = (odd & 0xffff) - SHIFT * FEATURES;
  scores[label + 2] = (even >>> 16) - SHIFT * FEATURES;
  scores[label + 3] = (odd >>> 16) - SHIFT * FEATURES;
}
