/** Letters that Unicode does not take apart, as plain ones. */
const PLAIN: Readonly<Record<string, string>> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', ı: 'i', đ: 'd' };
const FOLDED = buildTable(0);
const TAILS = buildTable(1);

/** Between words: a space, a sign. */
export const SEPARATOR = 0;
/** Inside a word and without meaning: a combining accent, a zero-width character, a soft hyphen. */
export const IGNORED = -1;

/** A UTF-16 code without case and accent (`É` is `e`), or SEPARATOR, or IGNORED. */
export function foldCode(code: number): number {
  if (code < FOLDED.length) return FOLDED[code] ?? SEPARATOR;
  if (code >= 0x2000 && code <= 0x206f) return isZeroWidth(code) ? IGNORED : SEPARATOR;
  if (code === 0xfeff || (code >= 0xfe00 && code <= 0xfe0f)) return IGNORED;
  if (code >= 0x2070 && code <= 0x2bff) return SEPARATOR;
  if (code >= 0x3000 && code <= 0x303f) return SEPARATOR;
  return code;
}

/** The second letter that some letters fold to (`ß` is `ss`), or SEPARATOR. */
export function foldTail(code: number): number {
  return TAILS[code] ?? SEPARATOR;
}

function isZeroWidth(code: number): boolean {
  return (code >= 0x200b && code <= 0x200f) || (code >= 0x202a && code <= 0x202e) || code >= 0x2060;
}

function buildTable(position: 0 | 1): Int32Array {
  return Int32Array.from({ length: 0x500 }, (_, code) => {
    const letter = String.fromCharCode(code);
    if (code === 0xad || (code >= 0x300 && code <= 0x36f)) return position === 0 ? -1 : 0;
    if (!/[\p{L}\p{N}]/u.test(letter)) return 0;
    const lower = letter.toLowerCase();
    const plain = PLAIN[lower];
    if (plain !== undefined) return plain.charCodeAt(position) || 0;
    return position === 0 ? lower.normalize('NFD').charCodeAt(0) : 0;
  });
}
