import { TextDecoder } from 'node:util';
import type { Decoder } from './find-decoder.ts';

const SHIFT_OUT = 0x0e;
const SHIFT_IN = 0x0f;
const TILDE = 0x7e;
const OPEN = 0x7b;
const CLOSE = 0x7d;
const ESC = 0x1b;

/** The seven-bit charsets of Korean (RFC 1557) and Chinese mail (RFC 1843), which TextDecoder refuses. */
export function findShiftedDecoder(label: string): Decoder | undefined {
  if (label === 'iso-2022-kr') return { encoding: label, decode: decodeKorean };
  if (label === 'hz-gb-2312' || label === 'hz') return { encoding: 'hz-gb-2312', decode: decodeHz };
  return undefined;
}

function decodeKorean(bytes: Uint8Array): string {
  const out: number[] = [];
  let shifted = false;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0;
    // `ESC $ ) C` announces the charset, and says nothing else.
    if (byte === ESC) i += 3;
    else if (byte === SHIFT_OUT) shifted = true;
    else if (byte === SHIFT_IN) shifted = false;
    else out.push(shifted && byte > 0x20 ? byte | 0x80 : byte);
  }
  return new TextDecoder('euc-kr').decode(Uint8Array.from(out));
}

function decodeHz(bytes: Uint8Array): string {
  const out: number[] = [];
  let shifted = false;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0;
    const next = byte === TILDE ? bytes[i + 1] : undefined;
    if (next === OPEN || next === CLOSE || next === TILDE || next === 0x0a) {
      if (next === OPEN || next === CLOSE) shifted = next === OPEN;
      if (next === TILDE) out.push(TILDE);
      i++;
    } else out.push(shifted && byte > 0x20 ? byte | 0x80 : byte);
  }
  return new TextDecoder('gb18030').decode(Uint8Array.from(out));
}
