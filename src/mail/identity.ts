import { createHash, type Hash } from 'node:crypto';
import { parseHeaderDate } from './parse/header-date.ts';

const LF = 0x0a;
const CR = 0x0d;
const HEADER_SEARCH = 256 * 1024;
const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';
const KEY_CHARS = 26;
const DATE_FIELD = /^date[ \t]{0,20}:/im;
const CLOCK_SKEW_MS = 86_400_000;
const MESSAGE_ID_FIELD = /^message-id[ \t]{0,20}:/im;
const IDENTITY_FIELDS = [MESSAGE_ID_FIELD, /^from[ \t]{0,20}:/im, DATE_FIELD, /^subject[ \t]{0,20}:/im];

/** SHA-256 of the raw bytes, hex: the id of the stored source. */
export function sourceHash(raw: Uint8Array): string {
  return createHash('sha256').update(raw).digest('hex');
}

/**
 * SHA-256 (hex) of what stays the same while a message travels: Message-ID, From, Date and Subject unfolded, and the
 * body with LF line ends and without trailing empty lines. Trace fields, X- fields and folding do not count. Forms and
 * devices send the same text again and again without Message-ID and Date: theirs is one only on one day, by `receivedAt`.
 */
export function contentHash(raw: Uint8Array, receivedAt?: Date): string {
  const source = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  const bodyStart = findBody(source);
  const hash = createHash('sha256');
  const header = source.toString('latin1', 0, Math.min(bodyStart, HEADER_SEARCH)).replace(/\r\n?/g, '\n');
  for (const field of IDENTITY_FIELDS) hash.update(`${findField(header, field)}\n`, 'latin1');
  const isNameless = [MESSAGE_ID_FIELD, DATE_FIELD].every((field) => findField(header, field) === '');
  if (isNameless && receivedAt !== undefined) hash.update(`${receivedAt.toISOString().slice(0, 10)}\n`);
  updateBody(hash, source.subarray(bodyStart));
  return hash.digest('hex');
}

/** The Date field of a message that its mailbox gave no date; undefined when it is missing, unreadable or to come. */
export function sentDate(raw: Uint8Array, now: Date): Date | undefined {
  const source = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  const header = source
    .toString('latin1', 0, Math.min(findBody(source), HEADER_SEARCH))
    .replace(/\r\n?/g, '\n');
  const date = parseHeaderDate(findField(header, DATE_FIELD));
  return date !== undefined && date.getTime() <= now.getTime() + CLOCK_SKEW_MS ? date : undefined;
}

/** 26 characters of lower-case base32 (RFC 4648) out of SHA-256: one per message of an account, safe in a workflow id. */
export function messageKey(accountId: string, providerKey: string): string {
  const digest = createHash('sha256').update(`${accountId}\0${providerKey}`, 'utf8').digest();
  let key = '';
  let bits = 0;
  let held = 0;
  for (const byte of digest) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      key += BASE32[(held >> bits) & 31];
    }
    held &= (1 << bits) - 1;
    if (key.length >= KEY_CHARS) break;
  }
  return key.slice(0, KEY_CHARS);
}

function findBody(source: Buffer): number {
  const plain = source.indexOf('\n\n');
  const dos = source.indexOf('\n\r\n');
  if (plain < 0 && dos < 0) return source.length;
  return plain >= 0 && (dos < 0 || plain < dos) ? plain + 2 : dos + 3;
}

/** The first field of that name, unfolded, blanks as one space; empty when there is none. */
function findField(header: string, field: RegExp): string {
  const start = field.exec(header);
  if (!start) return '';
  let end = header.indexOf('\n', start.index);
  while (end >= 0 && (header[end + 1] === ' ' || header[end + 1] === '\t'))
    end = header.indexOf('\n', end + 1);
  const value = header.slice(start.index + start[0].length, end < 0 ? undefined : end);
  return value.replace(/[ \t\n]+/g, ' ').trim();
}

function updateBody(hash: Hash, body: Buffer): void {
  let end = body.length;
  while (end > 0 && (body[end - 1] === LF || body[end - 1] === CR)) end--;
  const trimmed = body.subarray(0, end);
  if (!trimmed.includes(CR)) {
    hash.update(trimmed);
    return;
  }
  hash.update(trimmed.toString('latin1').replace(/\r\n?/g, '\n'), 'latin1');
}
