import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { assertPngFits } from './assert-png-fits.ts';
import { readPictureSize } from './picture-size.ts';
import type { ReadText } from './read-text.ts';

const MAX_CODES = 8;
/** In a larger picture only a code that takes up a tenth of it is found: to look harder there takes up to 15 s. */
const MAX_HARD_PIXELS = 360_000;
let prepared: Promise<void> | undefined;

/** What the QR codes in a picture say, a line each; empty when there are none. Its size was judged before. */
export async function readPicture(bytes: Uint8Array): Promise<ReadText> {
  assertPngFits(bytes);
  prepared ??= prepare();
  await prepared;
  const size = readPictureSize(bytes);
  const found = await readBarcodes(bytes, {
    formats: ['QRCode'],
    maxNumberOfSymbols: MAX_CODES,
    // A code of this kind is found whichever way it is turned.
    tryRotate: false,
    tryHarder: size !== undefined && size.width * size.height <= MAX_HARD_PIXELS,
  });
  const texts = found.filter(({ isValid }) => isValid).map(({ text }) => text.replace(/\s+/g, ' ').trim());
  return { text: [...new Set(texts)].filter((text) => text !== '').join('\n'), reason: undefined };
}

/** Left alone, the library fetches its code from a public server. */
async function prepare(): Promise<void> {
  const wasm = await readFile(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'));
  const wasmBinary = wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength);
  prepareZXingModule({ overrides: { wasmBinary } });
}
