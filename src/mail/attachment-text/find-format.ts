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
  ['image/png', 'picture'],
  ['image/jpeg', 'picture'],
  ['image/jpg', 'picture'],
  ['image/gif', 'picture'],
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
]);

/**
 * How to read an attachment, or undefined when its text is not read; of a picture its QR codes are. The name is asked before the type, which many
 * programs leave at application/octet-stream or get wrong.
 */
export function findFormat({
  filename,
  contentType,
}: Omit<AttachmentFile, 'bytes'>): AttachmentFormat | undefined {
  const ending = /\.([A-Za-z]{2,5})$/.exec(filename)?.[1]?.toLowerCase() ?? '';
  return ENDINGS.get(ending) ?? TYPES.get(contentType);
}
