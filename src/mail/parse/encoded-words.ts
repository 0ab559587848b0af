import { decodeText } from './decode-text.ts';

// RFC 2047 2: =?charset*language?encoding?text?=. Blanks within the text are illegal, and common.
const WORD = /=\?([^?\s]{1,80})\?([bBqQ])\?([^?]{0,4000})\?=/g;

interface Word {
  readonly charset: string;
  readonly base64: boolean;
  text: string;
}

/** Decodes RFC 2047 words wherever they stand, also where the RFC forbids them (quoted strings, parameters). */
export function decodeEncodedWords(value: string): string {
  return mapEncodedWords(value, (text) => text);
}

/** Rewrites words as well-formed UTF-8 ones, for parsers that decode them without our repairs. */
export function normalizeEncodedWords(value: string): string {
  return mapEncodedWords(value, (text) => `=?utf-8?B?${Buffer.from(text, 'utf8').toString('base64')}?=`);
}

function mapEncodedWords(value: string, write: (text: string) => string): string {
  if (!value.includes('=?')) return value;
  let out = '';
  let pos = 0;
  let pending: Word | undefined;
  for (const match of value.matchAll(WORD)) {
    const gap = value.slice(pos, match.index);
    pos = match.index + match[0].length;
    const word = toWord(match);
    const adjacent = pending !== undefined && /^\s*$/.test(gap);
    if (adjacent && pending && canJoin(pending, word)) {
      pending.text += word.text;
      continue;
    }
    if (pending) out += write(decodeWord(pending));
    // Blanks between two words are folding, not content (RFC 2047 6.2).
    if (!adjacent) out += gap;
    pending = word;
  }
  if (pending) out += write(decodeWord(pending));
  return out + value.slice(pos);
}

function toWord(match: RegExpExecArray): Word {
  const [, charset = '', encoding = '', text = ''] = match;
  return {
    charset: (charset.split('*')[0] ?? '').toLowerCase(),
    base64: encoding.toLowerCase() === 'b',
    text,
  };
}

// Senders split a character over two words, so bytes are joined before decoding. Padding ends a base64 run,
// and ISO-2022-JP starts each word in ASCII.
function canJoin(left: Word, right: Word): boolean {
  if (left.charset !== right.charset || left.base64 !== right.base64) return false;
  if (left.charset.startsWith('iso-2022')) return false;
  return !left.base64 || (!left.text.endsWith('=') && left.text.length % 4 === 0);
}

function decodeWord(word: Word): string {
  const bytes = word.base64 ? Buffer.from(word.text, 'base64') : decodeQ(word.text);
  return decodeText(bytes, word.charset).text;
}

function decodeQ(text: string): Buffer {
  const plain = text.replace(/[_\s]/g, ' ').replace(/= (?=[0-9a-fA-F])/g, '=');
  // Through UTF-8, so that a raw letter of a repaired 8-bit header is not cut to its low byte.
  const octets = Buffer.from(plain, 'utf8').toString('latin1');
  const decoded = octets.replace(/=([0-9a-fA-F]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(decoded, 'latin1');
}
