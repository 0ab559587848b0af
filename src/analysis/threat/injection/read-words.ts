/** What one sentence is made of, as numbers: no string is made on the way. */
export interface Words {
  /** FNV-1a of each word in lower case, digits as 0. */
  readonly hashes: Int32Array;
  readonly count: number;
  /** The same letters, one blank before, between and after the words. */
  readonly letters: Uint16Array;
  readonly length: number;
}

const MOST_WORDS = 120;
const LONGEST_WORD = 31;
const MOST_LETTERS = 300;
const OFFSET = 0x811c9dc5;
const PRIME = 0x01000193;
const BLANK = 32;
/** Lower case of letters, 0 for all digits, 0 as a number for what is part of no word. */
const FOLDED = Uint16Array.from({ length: 0x600 }, (_, code) => {
  const sign = String.fromCharCode(code);
  if (/\p{N}/u.test(sign)) return 48;
  return /[\p{L}\p{M}']/u.test(sign) ? sign.toLowerCase().charCodeAt(0) : 0;
});

function foldCode(code: number): number {
  if (code < FOLDED.length) return FOLDED[code] ?? 0;
  const isSign =
    (code >= 0x2000 && code < 0x2c00) ||
    (code >= 0x3000 && code < 0x3040) ||
    (code >= 0xff00 && code < 0xff10);
  return isSign ? 0 : code;
}

/** The hash that a lower-case word has in `Words`. */
export function hashWord(word: string): number {
  let hash = OFFSET | 0;
  for (let i = 0; i < word.length; i += 1) hash = Math.imul(hash ^ word.charCodeAt(i), PRIME);
  return hash;
}

/** Reads at most 120 words of at most 31 letters, and 300 letters. Linear. The arrays are those of the call before. */
export function createWordReader(): (sentence: string) => Words {
  const hashes = new Int32Array(MOST_WORDS);
  const letters = new Uint16Array(MOST_LETTERS);
  return (sentence) => {
    let count = 0;
    let length = 0;
    let hash = OFFSET | 0;
    let size = 0;
    const put = (code: number) => {
      if (length < MOST_LETTERS) letters[length] = code;
      length += 1;
    };
    put(BLANK);
    for (let i = 0; i <= sentence.length && count < MOST_WORDS; i += 1) {
      const code = i < sentence.length ? foldCode(sentence.charCodeAt(i)) : 0;
      // An apostrophe opens no word.
      const goesOn = code !== 0 && !(size === 0 && code === 39) && size < LONGEST_WORD;
      if (goesOn) {
        hash = Math.imul(hash ^ code, PRIME);
        put(code);
        size += 1;
      } else if (size > 0) {
        hashes[count] = hash;
        count += 1;
        put(BLANK);
        hash = OFFSET | 0;
        size = 0;
      }
    }
    return { hashes, count, letters, length: Math.min(MOST_LETTERS, length) };
  };
}
