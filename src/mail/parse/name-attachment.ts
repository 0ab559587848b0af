import { cleanLine } from './clean-line.ts';
import { decodeEncodedWords } from './encoded-words.ts';
import { readHeaderBlock } from './header-block.ts';
import { isCarriedMessage } from './is-carried-message.ts';
import type { MimePart } from './mime-part.ts';

/** Names for parts that have none, by type. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ['text/plain', 'document.txt'],
  ['text/html', 'document.html'],
  ['text/calendar', 'calendar.ics'],
  ['text/csv', 'document.csv'],
  ['text/rfc822-headers', 'headers.txt'],
  ['message/rfc822', 'message.eml'],
  ['message/global', 'message.eml'],
  ['message/delivery-status', 'delivery-status.txt'],
  ['message/disposition-notification', 'disposition-notification.txt'],
  ['application/pdf', 'document.pdf'],
  ['application/ms-tnef', 'winmail.dat'],
  ['application/pgp-signature', 'signature.asc'],
  ['application/pgp-encrypted', 'version.asc'],
  ['application/pkcs7-mime', 'smime.p7m'],
  ['application/x-pkcs7-mime', 'smime.p7m'],
  ['application/pkcs7-signature', 'smime.p7s'],
  ['application/x-pkcs7-signature', 'smime.p7s'],
  ['image/jpeg', 'image.jpg'],
  ['image/jpg', 'image.jpg'],
  ['image/png', 'image.png'],
  ['image/gif', 'image.gif'],
]);
const FALLBACK = 'file.bin';
const HEADER_SEARCH = 64 * 1024;
/** `image001.png@01D0.42`: Outlook puts the name of an inline image there. */
const NAMED_ID = /^<?([^@<>\s]{1,100}\.[a-z0-9]{2,6})@/i;

/**
 * The name of an attachment: as declared, else by its Content-ID, the subject of the message it is, its description
 * or its type. Made-up names are told apart by a number: `image.png`, `image1.png`.
 */
export function nameAttachment(part: MimePart, bytes: Buffer, taken: ReadonlySet<string>): string {
  const declared = part.disposition.params.get('filename') || part.contentType.params.get('name') || '';
  const name = toFilename(declared);
  if (name) return name;
  const id = NAMED_ID.exec(part.fields.first('content-id') ?? '')?.[1];
  return (id && toFilename(id)) || tellApart(describe(part, bytes), taken);
}

/** Without folders, and without direction overrides (`invoice<RLO>fdp.exe`): a name is shown and may become a file. */
export function toFilename(raw: string): string {
  const name = cleanLine(decodeEncodedWords(raw), 1000).split(/[\\/]/).at(-1) ?? '';
  return cleanLine(name.replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, ''), 200);
}

function describe(part: MimePart, bytes: Buffer): string {
  const type = part.contentType.value;
  const usual = NAMES.get(type) ?? FALLBACK;
  const description = part.fields.first('content-description');
  const title = (isCarriedMessage(type) ? readSubject(bytes) : undefined) || description;
  if (!title) return usual;
  const extension = usual.slice(usual.lastIndexOf('.'));
  const name = toFilename(title.replace(/[\\/]/g, '_')).slice(0, 150);
  return name.toLowerCase().endsWith(extension) ? name : `${name}${extension}`;
}

function readSubject(message: Buffer): string | undefined {
  const length = Math.min(message.length, HEADER_SEARCH);
  return readHeaderBlock(message, 0, length, HEADER_SEARCH).fields.first('subject');
}

function tellApart(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  const dot = name.lastIndexOf('.');
  for (let count = 1; ; count++) {
    const next = `${name.slice(0, dot)}${count}${name.slice(dot)}`;
    if (!taken.has(next)) return next;
  }
}
