import type { AttachmentText } from '../../domain/message.ts';
import type { AttachmentFile } from './attachment-file.ts';
import type { AttachmentLimits } from './attachment-limits.ts';
import { createDocumentReader } from './create-document-reader.ts';
import { createPictureReader } from './create-picture-reader.ts';
import { findFormat } from './find-format.ts';

/** Reads what is attached, off the main thread. Never throws for a file; `close` ends its workers. */
export interface AttachmentReader {
  /** One answer for each file, in order. Rejects when the signal aborts the wait for a thread. */
  read(files: readonly AttachmentFile[], signal?: AbortSignal): Promise<AttachmentText[]>;
  close(): Promise<void>;
}

/**
 * Documents have `threads` threads; pictures have one of their own, with little time: what a stranger draws must not
 * keep the documents of others waiting.
 */
export function createAttachmentReader(limits: AttachmentLimits, threads = 1): AttachmentReader {
  const documents = createDocumentReader(limits, threads);
  const pictures = createPictureReader(limits);
  return {
    async read(files, signal) {
      const isPicture = files.map((file) => findFormat(file) === 'picture');
      const [ofDocuments, ofPictures] = await Promise.all([
        documents.read(
          files.filter((_, index) => isPicture[index] !== true),
          signal,
        ),
        pictures.read(
          files.filter((_, index) => isPicture[index] === true),
          signal,
        ),
      ]);
      const answers = [ofDocuments.values(), ofPictures.values()] as const;
      return isPicture.flatMap((is) => answers[is ? 1 : 0].next().value ?? []);
    },
    async close() {
      await Promise.all([documents.close(), pictures.close()]);
    },
  };
}
