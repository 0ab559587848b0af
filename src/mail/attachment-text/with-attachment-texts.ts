import type { Attachment, AttachmentText, MessageView } from '../../domain/message.ts';
import type { AttachmentFile, ReadableFile } from './attachment-file.ts';
import type { AttachmentReader } from './create-attachment-reader.ts';
import { findFormat } from './find-format.ts';

/** The view with what its attachments say; `files` are its `readableFiles`. */
export async function withAttachmentTexts(
  view: MessageView,
  files: readonly ReadableFile[],
  reader: AttachmentReader,
  signal?: AbortSignal,
): Promise<MessageView> {
  if (files.length === 0) return view;
  const texts = await reader.read(files, signal);
  const read = new Map(files.map((file, at) => [file.index, { file, content: texts[at] }]));
  return {
    ...view,
    attachments: view.attachments.map((attachment, index) => withText(attachment, read.get(index))),
  };
}

interface Read {
  readonly file: AttachmentFile;
  readonly content: AttachmentText | undefined;
}

function withText(attachment: Attachment, read: Read | undefined): Attachment {
  if (read?.content === undefined) return attachment;
  const { file, content } = read;
  if (findFormat(file) !== 'picture') return { ...attachment, content };
  const codes = content.text === '' ? [] : content.text.split('\n');
  // A picture without a code has nothing to say, and that is no fault of it.
  if (codes.length === 0 && content.reason === undefined) return attachment;
  const text = codes.map((code) => `QR code: ${code}`).join('\n');
  return { ...attachment, content: { ...content, text, codes } };
}
