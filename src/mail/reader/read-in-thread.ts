import type { MessageView } from '../../domain/message.ts';
import { ServiceError } from '../../domain/service-error.ts';
import type { AttachmentFile } from '../attachment-text/attachment-file.ts';
import { readableFiles } from '../attachment-text/readable-files.ts';
import type { ReadLimits } from '../parse/read-limits.ts';
import { readMessage } from '../parse/read-message.ts';

export interface ThreadTask {
  readonly raw: Uint8Array;
  readonly limits: ReadLimits;
}

/** What crosses back: an error would lose its type on the way. */
export type ThreadAnswer =
  | { readonly view: MessageView; readonly files: readonly AttachmentFile[] }
  | {
      readonly refusal: {
        readonly message: string;
        readonly fix: string | undefined;
        readonly details: ServiceError['details'];
      };
    };

/** The job of a reading thread. */
export default async function readInThread({ raw, limits }: ThreadTask): Promise<ThreadAnswer> {
  try {
    const view = await readMessage(raw, limits);
    return { view, files: readableFiles(view) };
  } catch (error) {
    if (!(error instanceof ServiceError) || error.type !== 'InvalidInput') throw error;
    const { message, fix, details } = error;
    return { refusal: { message, fix, details } };
  }
}
