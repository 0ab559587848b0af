import { createHash } from 'node:crypto';
import type { Attachment } from '../../domain/message.ts';
import { attachmentBytes } from './attachment-bytes.ts';
import type { MimePart } from './mime-part.ts';
import { nameAttachment, toFilename } from './name-attachment.ts';
import type { TnefFile } from './open-tnef.ts';

const UNKNOWN = 'application/octet-stream';
const TYPE = /^[\w.+-]{1,60}\/[\w.+-]{1,80}$/;

/** A leaf that is not body text; `taken` are the names before it. */
export function toAttachment(part: MimePart, bytes: Buffer, taken: ReadonlySet<string>): Attachment {
  const contentId = part.fields
    .first('content-id')
    ?.replace(/[<>\s]/g, '')
    .slice(0, 300);
  const inline = part.disposition.value === 'inline' || (part.disposition.value === '' && Boolean(contentId));
  const attachment: Attachment = {
    filename: nameAttachment(part, bytes, taken),
    contentType: toType(part.contentType.value),
    size: bytes.length,
    disposition: inline ? 'inline' : 'attachment',
    contentId: contentId || undefined,
    sha256: hash(bytes),
  };
  return attachmentBytes.keep(attachment, bytes);
}

/** A file out of winmail.dat. */
export function fromTnefFile(file: TnefFile): Attachment {
  const attachment: Attachment = {
    filename: toFilename(file.filename) || 'file.bin',
    contentType: toType(file.contentType),
    size: file.bytes.length,
    disposition: file.contentId === '' ? 'attachment' : 'inline',
    contentId: file.contentId || undefined,
    sha256: hash(file.bytes),
  };
  return attachmentBytes.keep(attachment, file.bytes);
}

function toType(declared: string): string {
  return TYPE.exec(declared)?.[0] ?? UNKNOWN;
}

function hash(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
