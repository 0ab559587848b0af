import { TextDecoder } from 'node:util';

const SAMPLE = 16 * 1024;
const MIN_PAIRS = 4;
const MIN_LETTERS = 8;
const KANA = /[\u3041-\u3096\u30a1-\u30fa]/g;
const HAN = /[\u4e00-\u9fff]/g;
/** The marks that Chinese and Japanese texts are set with. */
const PLAIN = /[\0-\u007f\u3000-\u3029\uff00-\uff60\u30fc]/g;

/**
 * The charset of 8-bit text that declares none and is no UTF-8, where its bytes leave little doubt: the double-byte
 * charsets of East Asia and Cyrillic. Undefined for everything else, which is Western most likely.
 */
export function guessCharset(bytes: Uint8Array): string | undefined {
  const sample = bytes.subarray(0, SAMPLE);
  return guessDoubleByte(sample) ?? guessShiftJis(sample) ?? guessBig5(sample) ?? guessCyrillic(sample);
}

/** Every Japanese sentence has kana, and bytes of nothing else make many of them by accident. */
function guessShiftJis(bytes: Uint8Array): string | undefined {
  const letters = decodeStrictly('shift_jis', bytes)?.replace(PLAIN, '') ?? '';
  const kana = letters.match(KANA)?.length ?? 0;
  return kana >= MIN_PAIRS && kana > letters.length * 0.25 && isOf([KANA, HAN], letters)
    ? 'shift_jis'
    : undefined;
}

/** The common letters come first in Big5, where Western and Cyrillic text has its rare ones. */
function guessBig5(bytes: Uint8Array): string | undefined {
  const letters = decodeStrictly('big5', bytes)?.replace(PLAIN, '') ?? '';
  if (letters.length < MIN_LETTERS || !isOf([HAN], letters)) return undefined;
  let leads = 0;
  let common = 0;
  for (let i = 0; i < bytes.length; i++) {
    const lead = bytes[i] ?? 0;
    if (lead < 0x80) continue;
    i++;
    leads++;
    if (lead >= 0xa1 && lead <= 0xc6) common++;
  }
  return common > leads * 0.9 ? 'big5' : undefined;
}

/** Undefined where a byte does not fit; a letter that the end cuts is left out. */
function decodeStrictly(charset: string, bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes, { stream: true });
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

/** Nearly all of the letters are of these kinds. */
function isOf(kinds: readonly RegExp[], letters: string): boolean {
  const known = kinds.reduce((sum, kind) => sum + (letters.match(kind)?.length ?? 0), 0);
  return known > letters.length * 0.95;
}

function guessDoubleByte(bytes: Uint8Array): string | undefined {
  let pairs = 0;
  let kana = 0;
  let hangul = 0;
  let lowTrails = 0;
  for (let i = 0; i < bytes.length; i++) {
    const lead = bytes[i] ?? 0;
    if (lead < 0x80) continue;
    const trail = bytes[++i];
    // Cut in the middle of a letter: all before it counts.
    if (trail === undefined) break;
    if (lead < 0xa1 || lead > 0xf7 || trail < 0xa1 || trail === 0xff) return undefined;
    pairs++;
    if (lead === 0xa4 || lead === 0xa5) kana++;
    if (lead >= 0xb0 && lead <= 0xc8) hangul++;
    if (trail < 0xc0) lowTrails++;
  }
  // Cyrillic letters stand above 0xc0, and a third of the trails of double-byte text do not.
  if (pairs < MIN_PAIRS || lowTrails < pairs * 0.12) return undefined;
  if (kana > pairs * 0.3) return 'euc-jp';
  return pairs >= 8 && hangul > pairs * 0.97 ? 'euc-kr' : 'gb18030';
}

function guessCyrillic(bytes: Uint8Array): string | undefined {
  let latin = 0;
  let low = 0;
  let high = 0;
  let others = 0;
  for (const byte of bytes) {
    const letter = byte | 0x20;
    if (letter >= 0x61 && letter <= 0x7a && byte < 0x80) latin++;
    else if (byte >= 0xe0) high++;
    else if (byte >= 0xc0) low++;
    else if (byte >= 0x80) others++;
  }
  const letters = low + high;
  if (letters < MIN_LETTERS || letters < latin || others > letters * 0.1) return undefined;
  // Small letters are the many: KOI8 has them below the capitals, Windows above.
  return low > high ? 'koi8-r' : 'windows-1251';
}
