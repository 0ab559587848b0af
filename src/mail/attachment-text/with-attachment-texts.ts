import type { MessageView } from '../../domain/message.ts';
import type { AttachmentFile } from './attachment-file.ts';
import type { AttachmentReader } from './create-attachment-reader.ts';
import { findFormat } from './find-format.ts';

/** The view with what its attachments say; `files` are its `readableFiles`. */
export async function withAttachmentTexts(
  view: MessageView,
  files: readonly AttachmentFile[],
  reader: AttachmentReader,
): Promise<MessageView> {
  if (files.length === 0) return view;
  const texts = (await reader.read(files)).values();
  return {
    ...view,
    attachments: view.attachments.map((attachment) =>
      findFormat(attachment) === undefined ? attachment : { ...attachment, content: texts.next().value },
    ),
  };
}
