import type { MessageView } from '../../domain/message.ts';
import { attachmentBytes } from '../parse/attachment-bytes.ts';
import type { AttachmentReader } from './create-attachment-reader.ts';

/** The view with what its attachments say; it must come from `readMessage` in this thread, which holds their bytes. */
export async function withAttachmentTexts(view: MessageView, reader: AttachmentReader): Promise<MessageView> {
  if (view.attachments.length === 0) return view;
  const files = view.attachments.map((attachment) => ({
    filename: attachment.filename,
    contentType: attachment.contentType,
    bytes: attachmentBytes.of(attachment) ?? new Uint8Array(),
  }));
  const texts = await reader.read(files);
  return {
    ...view,
    attachments: view.attachments.map((attachment, index) => ({ ...attachment, content: texts[index] })),
  };
}
