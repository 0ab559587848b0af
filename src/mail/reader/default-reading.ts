import { DEFAULT_ATTACHMENT_LIMITS } from '../attachment-text/attachment-limits.ts';
import { DEFAULT_READ_LIMITS } from '../parse/read-limits.ts';
import type { MailReaderOptions } from './create-mail-reader.ts';

/**
 * Two threads: more of one process only take turns on its share of the processor. The time is less than half of what
 * the activity has, so that the start can be read when it is over.
 */
export const DEFAULT_READING: MailReaderOptions = {
  limits: DEFAULT_READ_LIMITS,
  attachments: DEFAULT_ATTACHMENT_LIMITS,
  threads: 2,
  maxMs: 20_000,
  inlineBytes: 32 * 1024,
  maxHeapMb: 512,
};
