import type { MessageView } from '../../domain/message.ts';
import { attachmentBytes } from '../parse/attachment-bytes.ts';
import type { AttachmentFile } from './attachment-file.ts';
import { findFormat } from './find-format.ts';

/**
 * The attachments whose text can be read, in order; none for most mails. The view must come from `readMessage` in this
 * thread, which holds their bytes. Copies: a part of the source would take the whole source to another thread.
 */
export function readableFiles({ attachments }: MessageView): AttachmentFile[] {
  return attachments
    .filter((attachment) => findFormat(attachment) !== undefined)
    .map((attachment) => ({
      filename: attachment.filename,
      contentType: attachment.contentType,
      bytes: new Uint8Array(attachmentBytes.of(attachment) ?? []),
    }));
}
