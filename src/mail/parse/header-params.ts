import { decodeText } from './decode-text.ts';

/** `text/plain; charset=utf-8`: the value lower-cased, the parameters by lower-case name. */
export interface HeaderParams {
  readonly value: string;
  readonly params: ReadonlyMap<string, string>;
}

const MAX_PARAMS = 100;
const MAX_CHARS = 64 * 1024;
const SECTION = /^([^*]{1,100})\*(?:(\d{1,3})(\*?))?$/;

/** Reads a structured field (RFC 2045 5.1) with RFC 2231 continuations; the first of a doubled parameter wins. */
export function parseHeaderParams(header: string): HeaderParams {
  const pieces = splitAtSemicolons(header.slice(0, MAX_CHARS));
  const value = stripComments(pieces[0] ?? '')
    .trim()
    .toLowerCase();
  const raw = new Map<string, string>();
  for (const piece of pieces.slice(1, MAX_PARAMS)) {
    const at = piece.indexOf('=');
    if (at < 0) continue;
    const name = stripComments(piece.slice(0, at)).trim().toLowerCase();
    if (name && !raw.has(name)) raw.set(name, unquote(piece.slice(at + 1).trim(), name));
  }
  return { value, params: joinSections(raw) };
}

function splitAtSemicolons(text: string): string[] {
  const pieces: string[] = [];
  let quoted = false;
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (quoted && char === '\\') i++;
    else if (char === '"') quoted = !quoted;
    else if (char === ';' && !quoted) {
      pieces.push(text.slice(start, i));
      start = i + 1;
    }
  }
  pieces.push(text.slice(start));
  return pieces;
}

function stripComments(text: string): string {
  return text.includes('(') ? text.replace(/\([^()]{0,500}\)/g, '') : text;
}

function unquote(text: string, name: string): string {
  if (!text.startsWith('"')) {
    // `filename=Invoice (1).pdf` is a name, `charset=us-ascii (plain)` has a comment (RFC 2045 5.1).
    return name.includes('name') ? text : stripComments(text).trim();
  }
  let out = '';
  for (let i = 1; i < text.length && text[i] !== '"'; i++) {
    // A Windows path is quoted without escapes more often than a backslash escapes a letter.
    if (text[i] === '\\' && (text[i + 1] === '"' || text[i + 1] === '\\')) i++;
    out += text[i];
  }
  return out;
}

interface Section {
  readonly index: number;
  readonly encoded: boolean;
  readonly value: string;
}

function joinSections(raw: ReadonlyMap<string, string>): Map<string, string> {
  const params = new Map<string, string>();
  const split = new Map<string, Section[]>();
  for (const [name, value] of raw) {
    const match = SECTION.exec(name);
    if (!match?.[1]) {
      params.set(name, value);
      continue;
    }
    const section = {
      index: Number(match[2] ?? 0),
      encoded: match[2] === undefined || match[3] === '*',
      value,
    };
    split.set(match[1], [...(split.get(match[1]) ?? []), section]);
  }
  // The extended form is the better one when both are there (RFC 6266 4.3 says so for HTTP).
  for (const [name, sections] of split) params.set(name, joinValue(sections));
  return params;
}

function joinValue(sections: Section[]): string {
  sections.sort((a, b) => a.index - b.index);
  const start = sections[0]?.encoded ? sections[0].value : '';
  const opening = /^([^']{0,60})'[^']{0,60}'/.exec(start);
  const charset = opening?.[1] || 'utf-8';
  let bytes: Buffer = Buffer.alloc(0);
  let first = true;
  for (const { encoded, value } of sections) {
    const text = first && opening ? value.slice(opening[0].length) : value;
    first = false;
    bytes = Buffer.concat([bytes, encoded ? percentDecode(text) : Buffer.from(text, 'utf8')]);
  }
  return decodeText(bytes, charset).text;
}

function percentDecode(text: string): Buffer {
  const utf8 = Buffer.from(text, 'utf8').toString('latin1');
  const plain = utf8.replace(/%([0-9a-fA-F]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(plain, 'latin1');
}
