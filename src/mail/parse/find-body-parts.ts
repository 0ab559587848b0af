/** The byte ranges of the parts of one multipart, and whether there were more than asked for. */
export interface BodyParts {
  readonly parts: readonly { readonly start: number; readonly end: number }[];
  readonly more: boolean;
  /** The closing delimiter is missing: the message was cut, or never well-formed. */
  readonly open: boolean;
  /** Where a closing delimiter stands that no part came before; undefined when there is none. */
  readonly closedAt: number | undefined;
}

/** How much of a delimiter line has to be the boundary: all of it, or its beginning (RFC 2046 5.1.2). */
export type DelimiterMatch = 'line' | 'prefix';

interface Delimiter {
  readonly at: number;
  readonly next: number;
  readonly closing: boolean;
}

const LF = 0x0a;
const CR = 0x0d;
const DASH = 0x2d;
const HEADER_SEARCH = 8 * 1024;

/** Finds the parts between delimiter lines (RFC 2046 5.1.1). The closing delimiter may be missing. */
export function findBodyParts(
  source: Buffer,
  range: { readonly start: number; readonly end: number },
  boundary: string,
  match: DelimiterMatch,
  max: number,
): BodyParts {
  const { start, end } = range;
  const parts: { start: number; end: number }[] = [];
  const marker = Buffer.from(`--${boundary}`, 'utf8');
  let open = findDelimiter(source, start, end, marker, match);
  const closedAt = open?.closing ? beforeLineBreak(source, open.at) : undefined;
  while (open && !open.closing) {
    if (parts.length >= max) return { parts, more: true, open: false, closedAt };
    let close = findDelimiter(source, open.next, end, marker, match);
    // `--a--` closes `a`, and opens a part of a multipart within whose boundary is `a--`.
    if (close?.closing && declares(source, open.next, close.at, `${boundary}--`)) close = undefined;
    parts.push({
      start: open.next,
      end: close ? Math.max(open.next, beforeLineBreak(source, close.at)) : end,
    });
    open = close;
  }
  return { parts, more: false, open: open === undefined && parts.length > 0, closedAt };
}

function declares(source: Buffer, start: number, end: number, boundary: string): boolean {
  return source.subarray(start, Math.min(end, start + HEADER_SEARCH)).includes(`boundary="${boundary}"`);
}

/** The boundary that a multipart forgot to declare: its first line that starts with two dashes. */
export function guessBoundary(source: Buffer, start: number, end: number): string | undefined {
  const head = source.toString('latin1', start, Math.min(end, start + 64 * 1024));
  return /^--(-{0,40}[^\s-][^\r\n]{0,150})$/m.exec(head)?.[1]?.trimEnd();
}

/** The boundary in use where another was declared: its line is followed by the header of a part. */
export function guessUsedBoundary(source: Buffer, start: number, end: number): string | undefined {
  const head = source.toString('latin1', start, Math.min(end, start + 64 * 1024));
  return /^--(-{0,40}[^\s-][^\r\n]{0,150})\r?\ncontent-[a-z-]{2,30}:/im.exec(head)?.[1]?.trimEnd();
}

function findDelimiter(
  source: Buffer,
  from: number,
  end: number,
  marker: Buffer,
  match: DelimiterMatch,
): Delimiter | undefined {
  let at = source.indexOf(marker, from);
  while (at >= 0 && at < end) {
    const delimiter =
      at === from || source[at - 1] === LF ? readDelimiter(source, at, end, marker.length, match) : undefined;
    if (delimiter) return delimiter;
    at = source.indexOf(marker, at + 1);
  }
  return undefined;
}

/** Undefined when the line goes on and all of it has to match: another boundary that starts with this one. */
function readDelimiter(
  source: Buffer,
  at: number,
  end: number,
  length: number,
  match: DelimiterMatch,
): Delimiter | undefined {
  let pos = at + length;
  // One dash is a closing delimiter that was cut short.
  const dashes = source[pos] !== DASH ? 0 : source[pos + 1] === DASH ? 2 : 1;
  pos += dashes;
  while (pos < end && (source[pos] === 0x20 || source[pos] === 0x09 || source[pos] === CR)) pos++;
  const closing = dashes > 0;
  if (pos >= end) return { at, next: end, closing };
  if (source[pos] === LF) return { at, next: pos + 1, closing };
  if (match === 'line') return undefined;
  const lineEnd = source.indexOf(LF, pos);
  return { at, next: lineEnd < 0 || lineEnd >= end ? end : lineEnd + 1, closing: false };
}

// The line break before a delimiter belongs to it (RFC 2046 5.1.1).
function beforeLineBreak(source: Buffer, at: number): number {
  if (source[at - 1] !== LF) return at;
  return source[at - 2] === CR ? at - 2 : at - 1;
}
