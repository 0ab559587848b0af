/** The byte ranges of the parts of one multipart, and whether there were more than asked for. */
export interface BodyParts {
  readonly parts: readonly { readonly start: number; readonly end: number }[];
  readonly more: boolean;
}

interface Delimiter {
  readonly at: number;
  readonly next: number;
  readonly closing: boolean;
}

const LF = 0x0a;
const CR = 0x0d;
const DASH = 0x2d;

/** Finds the parts between delimiter lines (RFC 2046 5.1.1). The closing delimiter may be missing. */
export function findBodyParts(
  source: Buffer,
  start: number,
  end: number,
  boundary: string,
  max: number,
): BodyParts {
  const parts: { start: number; end: number }[] = [];
  const marker = Buffer.from(`--${boundary}`, 'utf8');
  let open = findDelimiter(source, start, end, marker);
  while (open && !open.closing) {
    if (parts.length >= max) return { parts, more: true };
    const close = findDelimiter(source, open.next, end, marker);
    parts.push({
      start: open.next,
      end: close ? Math.max(open.next, beforeLineBreak(source, close.at)) : end,
    });
    open = close;
  }
  return { parts, more: false };
}

/** The boundary that a multipart forgot to declare: its first line that starts with two dashes. */
export function guessBoundary(source: Buffer, start: number, end: number): string | undefined {
  const head = source.toString('latin1', start, Math.min(end, start + 64 * 1024));
  return /^--(-{0,40}[^\s-][^\r\n]{0,150})$/m.exec(head)?.[1]?.trimEnd();
}

function findDelimiter(source: Buffer, from: number, end: number, marker: Buffer): Delimiter | undefined {
  let at = source.indexOf(marker, from);
  while (at >= 0 && at < end) {
    const delimiter =
      at === from || source[at - 1] === LF ? readDelimiter(source, at, end, marker.length) : undefined;
    if (delimiter) return delimiter;
    at = source.indexOf(marker, at + 1);
  }
  return undefined;
}

/** Undefined when the line goes on: another boundary that starts with this one. */
function readDelimiter(source: Buffer, at: number, end: number, length: number): Delimiter | undefined {
  let pos = at + length;
  const closing = source[pos] === DASH && source[pos + 1] === DASH;
  if (closing) pos += 2;
  while (pos < end && (source[pos] === 0x20 || source[pos] === 0x09 || source[pos] === CR)) pos++;
  if (pos >= end) return { at, next: end, closing };
  return source[pos] === LF ? { at, next: pos + 1, closing } : undefined;
}

// The line break before a delimiter belongs to it (RFC 2046 5.1.1).
function beforeLineBreak(source: Buffer, at: number): number {
  if (source[at - 1] !== LF) return at;
  return source[at - 2] === CR ? at - 2 : at - 1;
}
