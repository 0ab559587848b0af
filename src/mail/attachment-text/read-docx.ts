import mammoth from 'mammoth';
import { assertZipFits } from './assert-zip-fits.ts';
import type { AttachmentLimits } from './attachment-limits.ts';
import type { ReadText } from './read-text.ts';

/** The paragraphs of a Word document, without its styles, images and comments. */
export async function readDocx(bytes: Uint8Array, limits: AttachmentLimits): Promise<ReadText> {
  assertZipFits(bytes, limits);
  const { value } = await mammoth.extractRawText({ buffer: Buffer.from(bytes) });
  return { text: value, reason: undefined };
}
