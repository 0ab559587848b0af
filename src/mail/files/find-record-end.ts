const QUOTE = 0x22;
const LF = 0x0a;
const CR = 0x0d;

export interface RecordShape {
  readonly delimiter: string;
  /** Bytes of a character: 2 for UTF-16. */
  readonly unit: 1 | 2;
  readonly isBigEndian: boolean;
}

export interface RecordEnd {
  /** Offset behind the line break that ends the record; undefined: it goes on, or this is the last one. */
  readonly end: number | undefined;
  /** It stopped within quotes. */
  readonly isQuoted: boolean;
}

/**
 * Where the record that begins at `from` ends (RFC 4180): at a line break that is not within quotes. A quote opens only
 * at the start of a cell; one within a cell is a character as any other. CR alone ends a record too.
 */
export function findRecordEnd(bytes: Uint8Array, from: number, shape: RecordShape): RecordEnd {
  const { unit } = shape;
  const delimiter = shape.delimiter.charCodeAt(0);
  let isQuoted = false;
  let opens = true;
  for (let at = from; at + unit <= bytes.length; at += unit) {
    const code = codeAt(bytes, at, shape);
    if (isQuoted) {
      if (code !== QUOTE) continue;
      if (codeAt(bytes, at + unit, shape) === QUOTE) at += unit;
      else isQuoted = false;
      continue;
    }
    if (code === QUOTE && opens) isQuoted = true;
    else if (code === LF) return { end: at + unit, isQuoted };
    else if (code === CR) {
      const next = at + unit;
      // The pair may be cut apart at the end of what was read.
      if (next + unit > bytes.length) return { end: undefined, isQuoted };
      return { end: codeAt(bytes, next, shape) === LF ? next + unit : next, isQuoted };
    }
    opens = code === delimiter;
  }
  return { end: undefined, isQuoted };
}

function codeAt(bytes: Uint8Array, at: number, { unit, isBigEndian }: RecordShape): number {
  const first = bytes[at] ?? -1;
  if (unit === 1) return first;
  const second = bytes[at + 1] ?? -1;
  return isBigEndian ? first * 256 + second : second * 256 + first;
}
