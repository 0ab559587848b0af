import { inflateSync } from 'node:zlib';
import { Unreadable } from './unreadable.ts';

const SIGNATURE = 0x89504e47;
const DATA = 0x49444154;
/** Samples of a pixel by colour type (PNG 11.2.2). */
const SAMPLES: ReadonlyMap<number, number> = new Map([
  [0, 1],
  [2, 3],
  [3, 1],
  [4, 2],
  [6, 4],
]);

/**
 * Throws `Unreadable` for a PNG whose data unpack to more than its pixels: a decoder would make room for all of it.
 * What is no PNG passes, and so do broken data, which unpack no further than they are read here.
 */
export function assertPngFits(picture: Uint8Array): void {
  const png = Buffer.from(picture.buffer, picture.byteOffset, picture.byteLength);
  if (png.length < 33 || png.readUInt32BE(0) !== SIGNATURE) return;
  const width = png.readUInt32BE(16);
  const height = png.readUInt32BE(20);
  const row = Math.ceil((width * (png[24] ?? 0) * (SAMPLES.get(png[25] ?? 0) ?? 4)) / 8);
  // A byte before each row says how it is filtered; the seven passes of an interlaced one round up each.
  const most = (row + 1) * height + 7 * (row + height + 16);
  try {
    inflateSync(joinData(png), { maxOutputLength: most });
  } catch (error) {
    if (error instanceof RangeError) throw new Unreadable('unpacks to more than it declares, as a bomb');
  }
}

function joinData(png: Buffer): Buffer {
  const pieces: Buffer[] = [];
  for (let at = 8; at + 12 <= png.length; ) {
    const length = png.readUInt32BE(at);
    if (png.readUInt32BE(at + 4) === DATA) pieces.push(png.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  return Buffer.concat(pieces);
}
