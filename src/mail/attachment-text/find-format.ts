import type { AttachmentFile } from './attachment-file.ts';

export type AttachmentFormat = 'pdf' | 'docx' | 'xlsx' | 'html' | 'plain' | 'picture';

const TYPES: ReadonlyMap<string, AttachmentFormat> = new Map([
  ['application/pdf', 'pdf'],
  ['application/x-pdf', 'pdf'],
  ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'docx'],
  ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'xlsx'],
  ['text/html', 'html'],
  ['application/xhtml+xml', 'html'],
  ['text/plain', 'plain'],
  ['text/csv', 'plain'],
  ['text/tab-separated-values', 'plain'],
  ['text/markdown', 'plain'],
  ['application/csv', 'plain'],
  ['application/json', 'plain'],
]);
const ENDINGS: ReadonlyMap<string, AttachmentFormat> = new Map([
  ['pdf', 'pdf'],
  ['docx', 'docx'],
  ['xlsx', 'xlsx'],
  ['html', 'html'],
  ['htm', 'html'],
  ['txt', 'plain'],
  ['csv', 'plain'],
  ['tsv', 'plain'],
  ['md', 'plain'],
  ['log', 'plain'],
  ['json', 'plain'],
  ['png', 'picture'],
  ['jpg', 'picture'],
  ['jpeg', 'picture'],
  ['gif', 'picture'],
  ['webp', 'picture'],
  ['bmp', 'picture'],
  ['svg', 'picture'],
  ['tif', 'picture'],
  ['tiff', 'picture'],
  ['heic', 'picture'],
  ['heif', 'picture'],
  ['avif', 'picture'],
]);

/** Of PNG, JPEG and GIF: whatever they are called, a mail program shows them. */
const PICTURE = /^(?:\x89PNG|\xff\xd8\xff|GIF8)/;
/** Of PDF, and of the ZIP that DOCX and XLSX are. */
const DOCUMENT = /^(?:%PDF|PK)/;

/**
 * How to read an attachment, or undefined when its text is not read; of a picture its QR codes are. Bytes are asked
 * first, for a picture must not hide behind a name, then the name, for many programs get the type wrong.
 */
export function findFormat({ filename, contentType, bytes }: AttachmentFile): AttachmentFormat | undefined {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 4)).toString('latin1');
  if (PICTURE.test(head)) return 'picture';
  // Another kind of picture, or one that is broken: it is not searched, and that is told.
  if (contentType.startsWith('image/') && !DOCUMENT.test(head)) return 'picture';
  const ending = /\.([A-Za-z]{2,5})$/.exec(filename)?.[1]?.toLowerCase() ?? '';
  return ENDINGS.get(ending) ?? TYPES.get(contentType);
}
