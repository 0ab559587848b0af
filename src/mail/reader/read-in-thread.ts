import { ServiceError } from '../../domain/service-error.ts';
import type { ReadLimits } from '../parse/read-limits.ts';
import { type MailReading, readMail } from './read-mail.ts';

export interface ThreadTask {
  readonly raw: Uint8Array;
  readonly limits: ReadLimits;
}

/** What crosses back: an error would lose its type on the way. */
export type ThreadAnswer =
  | { readonly reading: MailReading }
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
    return { reading: withOwnBytes(readMail(raw, limits)) };
  } catch (error) {
    if (!(error instanceof ServiceError) || error.type !== 'InvalidInput') throw error;
    const { message, fix, details } = error;
    return { refusal: { message, fix, details } };
  }
}

/** What crosses is copied with all the memory that it is a part of: the start of a file would bring the whole source. */
function withOwnBytes({ facts, ...reading }: MailReading): MailReading {
  const files = facts.files.map((file) => ({ ...file, head: new Uint8Array(file.head) }));
  return { ...reading, facts: { ...facts, files } };
}
