import { isUtf8 } from 'node:buffer';
import { decodeText } from './decode-text.ts';
import { guessCharset } from './guess-charset.ts';
import { type HeaderField, type HeaderFields, toHeaderFields } from './header-fields.ts';

/** The header of one part, and where its body starts. */
export interface HeaderBlock {
  readonly fields: HeaderFields;
  readonly bodyStart: number;
  /** Header bytes read; less than there were when `budget` ran out. */
  readonly used: number;
  readonly truncated: boolean;
}

const LF = 0x0a;
const CR = 0x0d;
const DASH = 0x2d;
const FIELD = /^([!-9;-~]{1,200})[ \t]{0,20}:/;
const MAIL_FIELD = /^(?:from|to|subject|date|received|message-id|content-type|mime-version)[ \t]{0,20}:/i;
const MAX_JUNK_LINES = 40;
const ENVELOPE = /^>?From /;

/**
 * Reads the fields of `source[start, end)` up to the empty line (RFC 5322 2.1). A line that is no field is skipped
 * when fields follow, else the body starts there: relays break folding, and senders forget the empty line.
 */
export function readHeaderBlock(source: Buffer, start: number, end: number, budget: number): HeaderBlock {
  const lines: Buffer[] = [];
  let pos = start;
  let truncated = false;
  while (pos < end) {
    const next = lineEnd(source, pos, end);
    const line = trimLine(source, pos, next);
    if (line.length === 0) return toBlock(lines, next, pos - start, truncated);
    truncated ||= next - start > budget;
    if (!truncated) {
      if (!isHeaderLine(line, lines.length > 0)) {
        if (isDelimiter(line, lines)) break;
        if (!isLostValue(line, lines.at(-1)) && !fieldFollows(source, next, end)) break;
      }
      lines.push(line);
    }
    pos = next;
  }
  return toBlock(lines, pos, pos - start, truncated);
}

function toBlock(
  lines: readonly Buffer[],
  bodyStart: number,
  length: number,
  truncated: boolean,
): HeaderBlock {
  return { fields: toHeaderFields(unfold(lines.map(decoderFor(lines)))), bodyStart, used: length, truncated };
}

function unfold(lines: readonly string[]): HeaderField[] {
  const folded: string[][] = [];
  for (const line of lines) {
    const last = folded.at(-1);
    if (last && (line.startsWith(' ') || line.startsWith('\t'))) last.push(line);
    else folded.push([line]);
  }
  const fields: HeaderField[] = [];
  for (const parts of folded) {
    const text = parts.join('');
    const name = FIELD.exec(text)?.[1];
    if (name === undefined) continue;
    const value = text
      .slice(text.indexOf(':') + 1)
      .replaceAll('\r', ' ')
      .trim();
    fields.push({ name: name.toLowerCase(), value });
  }
  return fields;
}

// RFC 6532 headers are UTF-8. Anything else is 8-bit by an old program, most likely in the charset of its body.
function decoderFor(lines: readonly Buffer[]): (line: Buffer) => string {
  if (lines.every((line) => isUtf8(line))) return (line) => line.toString('utf8');
  const all = lines.map((line) => line.toString('latin1')).join('\n');
  const declared =
    /^content-type:[^\n]{0,200}(?:\n[ \t][^\n]{0,200}){0,4}?charset\s{0,5}=\s{0,5}"?([\w.:-]{1,40})/im.exec(
      all,
    )?.[1];
  const charset =
    declared && !/^utf-?8$|ascii/i.test(declared)
      ? declared
      : (guessCharset(Buffer.concat(lines.filter((line) => !isUtf8(line)))) ?? 'windows-1252');
  return (line) => (isUtf8(line) ? line.toString('utf8') : decodeText(line, charset).text);
}

function isHeaderLine(line: Buffer, canContinue: boolean): boolean {
  if (canContinue && (line[0] === 0x20 || line[0] === 0x09)) return true;
  const head = line.toString('latin1', 0, 240);
  return FIELD.test(head) || ENVELOPE.test(head);
}

// A relay took the indentation of `X-Info:\n 5vMbyqx`: one long word under a field that says nothing.
function isLostValue(line: Buffer, before: Buffer | undefined): boolean {
  const field = before === undefined ? '' : before.toString('latin1', 0, 240);
  return (
    /^[!-9;-~]{1,200}:[ \t]{0,20}$/.test(field) && line.length > 20 && !line.subarray(0, 2000).includes(0x20)
  );
}

// The first delimiter of the multipart that this header declares: the empty line before it got lost, or holds a blank.
function isDelimiter(line: Buffer, lines: readonly Buffer[]): boolean {
  if (line[0] !== DASH || line[1] !== DASH) return false;
  const boundary = line.toString('latin1', 2, 202).trim();
  return boundary !== '' && lines.some((known) => known.toString('latin1', 0, 400).includes(boundary));
}

// The next line may be any field; further down only a field of mail counts, for a line of text may hold a colon too.
function fieldFollows(source: Buffer, from: number, end: number): boolean {
  let pos = from;
  for (let count = 0; count < MAX_JUNK_LINES && pos < end; count++) {
    const next = lineEnd(source, pos, end);
    const line = trimLine(source, pos, Math.min(next, pos + 240)).toString('latin1');
    if (line === '') return false;
    if (count === 0 ? FIELD.test(line) : MAIL_FIELD.test(line)) return true;
    pos = next;
  }
  return false;
}

function lineEnd(source: Buffer, pos: number, end: number): number {
  const at = source.indexOf(LF, pos);
  return at < 0 || at >= end ? end : at + 1;
}

function trimLine(source: Buffer, start: number, next: number): Buffer {
  let end = next;
  while (end > start && (source[end - 1] === LF || source[end - 1] === CR)) end--;
  return source.subarray(start, end);
}
