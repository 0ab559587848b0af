import type { ReadLimits } from '../parse/read-limits.ts';
import { type MailReading, readMail } from './read-mail.ts';

/** So little that no source takes long: header, and the start of the text without its HTML. */
const START: Partial<ReadLimits> = {
  maxSourceBytes: 256 * 1024,
  maxHeaderBytes: 64 * 1024,
  maxParts: 20,
  maxDepth: 5,
  maxTextBytes: 16 * 1024,
  maxHtmlChars: 4 * 1024,
  maxHtmlDepth: 20,
  maxAddresses: 50,
};

/** What is read of a mail that could not be read whole: kept, shown and marked with the reason. */
export function readStart(raw: Uint8Array, limits: ReadLimits, reason: string): MailReading {
  const { view, facts } = readMail(raw, { ...limits, ...START });
  return { view: { ...view, incomplete: true, warnings: [reason, ...view.warnings] }, facts, files: [] };
}
