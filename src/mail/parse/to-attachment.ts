import { createHash } from 'node:crypto';
import type { Attachment } from '../../domain/message.ts';
import { cleanLine } from './clean-line.ts';
import { decodeEncodedWords } from './encoded-words.ts';
import type { MimePart } from './mime-part.ts';

const EXTENSIONS: ReadonlyMap<string, string> = new Map([
  ['text/plain', 'txt'],
  ['text/html', 'html'],
  ['text/calendar', 'ics'],
  ['text/csv', 'csv'],
  ['message/rfc822', 'eml'],
  ['message/delivery-status', 'txt'],
  ['text/rfc822-headers', 'txt'],
  ['application/pdf', 'pdf'],
  ['application/pgp-signature', 'asc'],
  ['application/pgp-encrypted', 'asc'],
  ['application/ms-tnef', 'dat'],
  ['image/jpeg', 'jpg'],
  ['image/png', 'png'],
  ['image/gif', 'gif'],
]);

/** A leaf that is not body text. `position` (from 1) names those that have no name. */
export function toAttachment(part: MimePart, bytes: Buffer, position: number): Attachment {
  const contentType =
    /^[\w.+-]{1,60}\/[\w.+-]{1,80}$/.exec(part.contentType.value)?.[0] ?? 'application/octet-stream';
  const contentId = part.fields
    .first('content-id')
    ?.replace(/[<>\s]/g, '')
    .slice(0, 300);
  const inline = part.disposition.value === 'inline' || (part.disposition.value === '' && Boolean(contentId));
  return {
    filename: readFilename(part) || `part-${position}.${EXTENSIONS.get(contentType) ?? 'bin'}`,
    contentType,
    size: bytes.length,
    disposition: inline ? 'inline' : 'attachment',
    contentId: contentId || undefined,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  };
}

// A name is shown and may become a file: no folders, no direction overrides (`invoice<RLO>fdp.exe`).
function readFilename(part: MimePart): string {
  const raw = part.disposition.params.get('filename') ?? part.contentType.params.get('name') ?? '';
  const name = cleanLine(decodeEncodedWords(raw), 1000).split(/[\\/]/).at(-1) ?? '';
  return cleanLine(name.replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, ''), 200);
}
