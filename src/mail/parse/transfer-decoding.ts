import { decodeUuencode } from './decode-uuencode.ts';

/** Undoes a Content-Transfer-Encoding (RFC 2045 6). Broken input gives what can be read; undefined: unknown encoding. */
export function decodeTransfer(body: Buffer, encoding: string): Buffer | undefined {
  switch (encoding) {
    case '':
    case '7bit':
    case '8bit':
    case 'binary':
      return body;
    case 'base64':
      return decodeBase64(body);
    case 'quoted-printable':
      return decodeQuotedPrintable(body);
    case 'x-uuencode':
    case 'x-uue':
    case 'uuencode':
      return decodeUuencode(body);
    default:
      return undefined;
  }
}

function decodeBase64(body: Buffer): Buffer {
  const text = body.toString('latin1');
  const pad = text.indexOf('=');
  if (pad < 0 || /^=[=\s]*$/.test(text.slice(pad, pad + 100))) return Buffer.from(text, 'base64');
  // Two encodings one after another (a list footer): Node would read over the padding and shift all that follows.
  // What stands behind the padding on its own line is junk.
  const pieces = text
    .split(/={1,3}/)
    .filter((piece, index) => index === 0 || /^[ \t]{0,10}[\r\n]/.test(piece));
  return Buffer.concat(pieces.map((piece) => Buffer.from(piece, 'base64')));
}

const EQUALS = 0x3d;
const LF = 0x0a;
const CR = 0x0d;

function decodeQuotedPrintable(body: Buffer): Buffer {
  const out = Buffer.allocUnsafe(body.length);
  let length = 0;
  let i = 0;
  while (i < body.length) {
    const byte = body[i] ?? 0;
    if (byte !== EQUALS) {
      out[length++] = byte;
      i++;
      continue;
    }
    const high = nibble(body[i + 1]);
    const low = nibble(body[i + 2]);
    if (high >= 0 && low >= 0) {
      out[length++] = high * 16 + low;
      i += 3;
      continue;
    }
    const after = skipSoftBreak(body, i + 1);
    // Neither an octet nor a soft break: the sender forgot to encode the sign itself.
    if (after === undefined) out[length++] = EQUALS;
    i = after ?? i + 1;
  }
  return out.subarray(0, length);
}

/** The position after a soft line break whose `=` stands before `from`; undefined when there is none. */
function skipSoftBreak(body: Buffer, from: number): number | undefined {
  let i = from;
  const blanksEnd = Math.min(body.length, from + 100);
  while (i < blanksEnd && (body[i] === 0x20 || body[i] === 0x09)) i++;
  if (i >= body.length) return i;
  if (body[i] === CR && body[i + 1] === LF) return i + 2;
  return body[i] === LF || body[i] === CR ? i + 1 : undefined;
}

function nibble(byte: number | undefined): number {
  if (byte === undefined) return -1;
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}
