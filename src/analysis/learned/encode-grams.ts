import type { GramCounts } from './count-grams.ts';
import { GRAM_FORMAT } from './list-grams.ts';

/** Format of the grams; what was stored before there was one begins with a gram, and is a whole number of them. */
const HEAD = 1;
/** Bytes of one gram: hash (4, little endian), block (1), count (1, capped). */
const SIZE = 6;
const MOST = 255;

export function encodeGrams({ hashes, counts, blocks }: GramCounts): Uint8Array {
  const bytes = new DataView(new ArrayBuffer(HEAD + hashes.length * SIZE));
  bytes.setUint8(0, GRAM_FORMAT);
  for (let i = 0; i < hashes.length; i++) {
    const at = HEAD + i * SIZE;
    bytes.setInt32(at, hashes[i] ?? 0, true);
    bytes.setUint8(at + 4, blocks[i] ?? 0);
    bytes.setUint8(at + 5, Math.min(MOST, counts[i] ?? 0));
  }
  return new Uint8Array(bytes.buffer);
}

/** False: stored by a version whose grams were others. */
export function areCurrentGrams(encoded: Uint8Array): boolean {
  return encoded.length % SIZE === HEAD && encoded[0] === GRAM_FORMAT;
}

/** @throws RangeError when the bytes are no whole number of grams as this version counts them. */
export function decodeGrams(encoded: Uint8Array): GramCounts {
  if (!areCurrentGrams(encoded)) throw new RangeError('The stored grams are cut off, or of another format');
  const bytes = new DataView(encoded.buffer, encoded.byteOffset, encoded.byteLength);
  const size = (encoded.length - HEAD) / SIZE;
  const grams = {
    hashes: new Int32Array(size),
    counts: new Uint16Array(size),
    blocks: new Uint8Array(size),
  };
  for (let i = 0; i < size; i++) {
    const at = HEAD + i * SIZE;
    grams.hashes[i] = bytes.getInt32(at, true);
    grams.blocks[i] = bytes.getUint8(at + 4);
    grams.counts[i] = bytes.getUint8(at + 5);
  }
  return grams;
}
