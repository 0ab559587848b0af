import { isUtf8 } from 'node:buffer';
import type { MimePart } from './mime-part.ts';
import type { Warnings } from './warnings.ts';

const SAMPLE = 4096;
/** No base64: another sign, or a blank between words. */
const TEXT_SIGN = /[^A-Za-z0-9+/=\s]|[A-Za-z0-9+/][ \t]{1,20}[A-Za-z0-9+/]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/;

/** The decoded bytes of a text; as sent, where it says base64 and is plain text, so that decoding makes noise of it. */
export function asReadable(part: MimePart, decoded: Buffer, warnings: Warnings): Buffer {
  if (part.encoding !== 'base64') return decoded;
  const sent = part.body.toString('latin1', 0, SAMPLE);
  if (!TEXT_SIGN.test(sent) || CONTROL.test(sent)) return decoded;
  const declared = part.contentType.params.get('charset') ?? 'utf-8';
  const noise =
    CONTROL.test(decoded.toString('latin1', 0, SAMPLE)) ||
    (/^(?:utf-?8|us-ascii)$/i.test(declared) && !isUtf8(decoded));
  if (!noise) return decoded;
  warnings.add('declared as base64, read as it is');
  return part.body;
}
