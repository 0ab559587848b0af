import { renderBody } from '../parse/body-views.ts';
import { cleanText } from '../parse/clean-text.ts';
import { decodeText } from '../parse/decode-text.ts';
import { DEFAULT_READ_LIMITS } from '../parse/read-limits.ts';
import { createWarnings } from '../parse/warnings.ts';
import type { AttachmentFile } from './attachment-file.ts';
import type { AttachmentLimits } from './attachment-limits.ts';
import { findFormat } from './find-format.ts';
import type { ReadText } from './read-text.ts';
import { Unreadable } from './unreadable.ts';

/**
 * The text of one attachment, up to one character more than the limit, so that a cut can be told. Runs in a worker:
 * the libraries are loaded when the first file of their kind comes. Throws `Unreadable` with a reason for people.
 */
export async function readAttachment(file: AttachmentFile, limits: AttachmentLimits): Promise<ReadText> {
  try {
    const { text, reason } = await readBytes(file, limits);
    return { text: cleanText(text.slice(0, limits.maxChars + 1)), reason };
  } catch (error) {
    if (error instanceof Unreadable) throw error;
    // What a parser says of a stranger's file may quote it; it is no news that such a file is broken.
    throw new Unreadable('broken: could not be read', { cause: error });
  }
}

async function readBytes(file: AttachmentFile, limits: AttachmentLimits): Promise<ReadText> {
  switch (findFormat(file)) {
    case 'pdf':
      return (await import('./read-pdf.ts')).readPdf(file.bytes, limits);
    case 'docx':
      return (await import('./read-docx.ts')).readDocx(file.bytes, limits);
    case 'xlsx':
      return (await import('./read-xlsx.ts')).readXlsx(file.bytes, limits);
    case 'html':
      return { text: readHtml(file.bytes), reason: undefined };
    case 'plain':
      return { text: readPlain(file.bytes, limits), reason: undefined };
    case 'picture':
      return (await import('./read-picture.ts')).readPicture(file.bytes);
    case undefined:
      throw new Unreadable('of a kind that is not read');
  }
}

function readPlain(bytes: Uint8Array, { maxChars }: AttachmentLimits): string {
  if (bytes.subarray(0, 1024).includes(0) && bytes[0] !== 0xff && bytes[0] !== 0xfe) {
    throw new Unreadable('no text, whatever its name says');
  }
  // No charset has more than four bytes a character.
  return decodeText(bytes.subarray(0, 4 * (maxChars + 1)), undefined).text;
}

function readHtml(bytes: Uint8Array): string {
  const { text } = decodeText(bytes.subarray(0, 4 * DEFAULT_READ_LIMITS.maxHtmlChars), undefined);
  return renderBody([{ plain: undefined, html: text }], DEFAULT_READ_LIMITS, createWarnings()).text;
}
