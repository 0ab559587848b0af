import type { MessageView } from '../../domain/message.ts';
import { ServiceError } from '../../domain/service-error.ts';
import type { ReadLimits } from '../parse/read-limits.ts';
import { readMessage } from '../parse/read-message.ts';

export interface ThreadTask {
  readonly raw: Uint8Array;
  readonly limits: ReadLimits;
}

/** What crosses back: an error would lose its type on the way. */
export type ThreadAnswer =
  | { readonly view: MessageView }
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
    return { view: await readMessage(raw, limits) };
  } catch (error) {
    if (!(error instanceof ServiceError) || error.type !== 'InvalidInput') throw error;
    const { message, fix, details } = error;
    return { refusal: { message, fix, details } };
  }
}
