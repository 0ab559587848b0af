import type { MessageView } from '../../domain/message.ts';
import { attachmentBytes } from '../parse/attachment-bytes.ts';
import type { ReadableFile } from './attachment-file.ts';
import { type AttachmentFormat, findFormat } from './find-format.ts';
import { readPictureSize } from './picture-size.ts';

/** A code has 21 modules a side at least, of which a camera needs two pixels each: pictures below are icons. */
const MIN_SIDE = 42;
/** Of a picture whose size cannot be told: the smallest code takes more. */
const MIN_BYTES = 128;

/**
 * The attachments whose text can be read, pictures last, as only QR codes are; none for most mails. The view must come
 * from `readView` in this thread, which holds their bytes. Copies: a part would take the whole source along.
 */
export function readableFiles({ attachments }: MessageView): ReadableFile[] {
  const documents: ReadableFile[] = [];
  const pictures: ReadableFile[] = [];
  for (const [index, attachment] of attachments.entries()) {
    const bytes = attachmentBytes.of(attachment) ?? new Uint8Array();
    const { filename, contentType } = attachment;
    const format = findFormat({ filename, contentType, bytes });
    if (!isRead(format, bytes)) continue;
    const list = format === 'picture' ? pictures : documents;
    list.push({ index, filename, contentType, bytes: new Uint8Array(bytes) });
  }
  return [...documents, ...pictures];
}

function isRead(format: AttachmentFormat | undefined, bytes: Uint8Array): boolean {
  if (format !== 'picture') return format !== undefined;
  const size = readPictureSize(bytes);
  return size === undefined ? bytes.length >= MIN_BYTES : Math.min(size.width, size.height) >= MIN_SIDE;
}
