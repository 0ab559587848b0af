import type { Attachment } from '../../domain/message.ts';

const kept = new WeakMap<Attachment, Uint8Array>();

/** Remembers the decoded bytes of an attachment for as long as it is in hand: a view is stored without them. */
export const attachmentBytes = {
  keep(attachment: Attachment, bytes: Uint8Array): Attachment {
    kept.set(attachment, bytes);
    return attachment;
  },
  /** Undefined for an attachment that came from the database or another thread. */
  of(attachment: Attachment): Uint8Array | undefined {
    return kept.get(attachment);
  },
};
