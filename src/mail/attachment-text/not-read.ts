import type { AttachmentText } from '../../domain/message.ts';

export function notRead(reason: string): AttachmentText {
  return { text: '', truncated: false, reason };
}
