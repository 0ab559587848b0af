import type { AttachmentFile } from './attachment-file.ts';
import type { AttachmentLimits } from './attachment-limits.ts';
import { readAttachment } from './read-attachment.ts';
import { Unreadable } from './unreadable.ts';

export interface AttachmentTask {
  readonly file: AttachmentFile;
  readonly limits: AttachmentLimits;
}

export interface AttachmentAnswer {
  readonly text: string;
  readonly reason: string | undefined;
}

/** What a worker of the pool runs. Errors do not keep their class between threads, so a refusal is an answer. */
export default async function readTask({ file, limits }: AttachmentTask): Promise<AttachmentAnswer> {
  try {
    return await readAttachment(file, limits);
  } catch (error) {
    if (error instanceof Unreadable) return { text: '', reason: error.message };
    throw error;
  }
}
