import { isAscii, isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';
import { decodeWindows1252 } from './decode-windows-1252.ts';
import { type Decoder, findDecoder } from './find-decoder.ts';
import { guessCharset } from './guess-charset.ts';

/** Bytes as text, with what had to be assumed when the declared charset does not hold. */
export interface DecodedText {
  readonly text: string;
  readonly charset: string;
  readonly warning: string | undefined;
}

const utf8 = new TextDecoder('utf-8');
const iso2022jp = new TextDecoder('iso-2022-jp');
const MULTIBYTE = new Set([
  'gbk',
  'gb18030',
  'big5',
  'shift_jis',
  'euc-jp',
  'euc-kr',
  'utf-16le',
  'utf-16be',
]);
/** ASCII bytes that are no ASCII text. */
const SEVEN_BIT = /^(?:utf-?7|utf-?32(?:[lb]e)?|iso-2022-kr|hz-gb-2312)$/;
const REPLACEMENT = Buffer.from('\ufffd');
const ESC = 0x1b;

/**
 * Decodes text by its declared charset, and by the bytes when the two disagree. Valid UTF-8 with non-ASCII in it
 * is never anything else by accident, save in the double-byte charsets, which are believed when they decode.
 */
export function decodeText(bytes: Uint8Array, declared: string | undefined): DecodedText {
  const decoder = declared === undefined ? undefined : findDecoder(declared);
  const name = decoder?.encoding;
  const unknown = declared !== undefined && !decoder ? shorten(declared) : undefined;
  if (isAscii(bytes)) return decodeAscii(bytes, decoder, unknown);
  if (decoder && name && MULTIBYTE.has(name)) {
    const text = decoder.decode(bytes);
    if (!text.includes('\ufffd') || !isUtf8(bytes)) return { text, charset: name, warning: undefined };
  }
  if (isUtf8(bytes)) {
    const fits = declared === undefined || name === 'utf-8';
    return {
      text: utf8.decode(bytes),
      charset: 'utf-8',
      warning: fits ? undefined : readAs(declared, 'utf-8'),
    };
  }
  if (name === 'windows-1252') return { text: decodeWindows1252(bytes), charset: name, warning: undefined };
  if (decoder && name !== 'utf-8')
    return { text: decoder.decode(bytes), charset: decoder.encoding, warning: undefined };
  if (declared !== undefined && name === 'utf-8') return decodeBrokenUtf8(bytes, declared);
  const guessed = guessCharset(bytes);
  const used = guessed ?? 'windows-1252';
  const warning = unknown === undefined ? `charset missing, read as ${used}` : readAs(unknown, used);
  if (guessed !== undefined) {
    return { text: findDecoder(guessed)?.decode(bytes) ?? '', charset: guessed, warning };
  }
  return { text: decodeWindows1252(bytes), charset: 'windows-1252', warning };
}

function decodeAscii(
  bytes: Uint8Array,
  decoder: Decoder | undefined,
  unknown: string | undefined,
): DecodedText {
  const warning = unknown === undefined ? undefined : readAs(unknown, 'us-ascii');
  if (decoder?.encoding.startsWith('utf-16') && bytes.includes(0)) {
    return { text: decoder.decode(bytes), charset: decoder.encoding, warning };
  }
  if (decoder && SEVEN_BIT.test(decoder.encoding)) {
    return { text: decoder.decode(bytes), charset: decoder.encoding, warning };
  }
  // ISO-2022-JP is all ASCII bytes, and often sent without saying so.
  if (bytes.includes(ESC)) return { text: iso2022jp.decode(bytes), charset: 'iso-2022-jp', warning };
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { text: buffer.toString('latin1'), charset: decoder?.encoding ?? 'us-ascii', warning };
}

function decodeBrokenUtf8(bytes: Uint8Array, declared: string): DecodedText {
  const text = utf8.decode(bytes);
  // A sign of loss that the sender wrote is valid UTF-8.
  let good = countReplacements(bytes);
  let bad = -good;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === 0xfffd) bad++;
    else if (unit > 0x7f) good++;
  }
  if (good >= bad)
    return { text, charset: 'utf-8', warning: `charset "${shorten(declared)}" broken in ${bad} places` };
  return {
    text: decodeWindows1252(bytes),
    charset: 'windows-1252',
    warning: readAs(declared, 'windows-1252'),
  };
}

function countReplacements(bytes: Uint8Array): number {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let count = 0;
  for (let at = buffer.indexOf(REPLACEMENT); at >= 0; at = buffer.indexOf(REPLACEMENT, at + 3)) count++;
  return count;
}

function readAs(declared: string | undefined, used: string): string {
  return `charset "${shorten(declared ?? '')}" ${findDecoder(declared ?? '') ? 'wrong' : 'unknown'}, read as ${used}`;
}

function shorten(declared: string): string {
  return declared.slice(0, 40).replace(/[^\x20-\x7e]/g, '?');
}
