import type { MessageView } from '../../domain/message.ts';
import type { RawFacts } from '../../domain/raw-facts.ts';
import type { ReadableFile } from '../attachment-text/attachment-file.ts';
import { readableFiles } from '../attachment-text/readable-files.ts';
import type { ReadLimits } from '../parse/read-limits.ts';
import { readRawFacts } from '../parse/read-raw-facts.ts';
import { readView } from '../parse/read-view.ts';
import { splitMessage } from '../parse/split-message.ts';

/** One source: what is kept of it, and what judging it needs beside that. */
export interface MailReading {
  readonly view: MessageView;
  readonly facts: RawFacts;
  /** Attachments whose text is still to be read. */
  readonly files: readonly ReadableFile[];
}

/** Throws `ServiceError('InvalidInput')` for bytes that are no mail. */
export function readMail(raw: Uint8Array, limits: ReadLimits): MailReading {
  const split = splitMessage(raw, limits);
  const view = readView(split, limits);
  return { view, facts: readRawFacts(split.root), files: readableFiles(view) };
}
