import type { GramCounts } from './count-grams.ts';

/** Bytes of one gram: hash (4, little endian), block (1), count (1, capped). */
const SIZE = 6;
const MOST = 255;

export function encodeGrams({ hashes, counts, blocks }: GramCounts): Uint8Array {
  const bytes = new DataView(new ArrayBuffer(hashes.length * SIZE));
  for (let i = 0; i < hashes.length; i++) {
    bytes.setInt32(i * SIZE, hashes[i] ?? 0, true);
    bytes.setUint8(i * SIZE + 4, blocks[i] ?? 0);
    bytes.setUint8(i * SIZE + 5, Math.min(MOST, counts[i] ?? 0));
  }
  return new Uint8Array(bytes.buffer);
}

/** @throws RangeError when the bytes are no whole number of grams. */
export function decodeGrams(encoded: Uint8Array): GramCounts {
  if (encoded.length % SIZE !== 0) throw new RangeError('The stored grams are cut off');
  const bytes = new DataView(encoded.buffer, encoded.byteOffset, encoded.byteLength);
  const size = encoded.length / SIZE;
  const grams = {
    hashes: new Int32Array(size),
    counts: new Uint16Array(size),
    blocks: new Uint8Array(size),
  };
  for (let i = 0; i < size; i++) {
    grams.hashes[i] = bytes.getInt32(i * SIZE, true);
    grams.blocks[i] = bytes.getUint8(i * SIZE + 4);
    grams.counts[i] = bytes.getUint8(i * SIZE + 5);
  }
  return grams;
}
