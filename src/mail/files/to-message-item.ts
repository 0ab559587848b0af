import type { MailboxItem } from '../mailbox.ts';
import { looksLikeMail } from './looks-like-mail.ts';
import { toContentKey } from './to-content-key.ts';
import { toFaultItem } from './to-fault-item.ts';

/** Raw bytes to an item; a fault when they are empty, no mail or larger than `maxMessageBytes`. */
export function toMessageItem(
  raw: Uint8Array,
  label: string,
  maxMessageBytes: number,
  receivedAt?: Date,
): MailboxItem {
  const key = toContentKey(raw);
  const size = raw.byteLength;
  if (size === 0) return toFaultItem({ label, key, size, reason: 'It is empty.' });
  if (size > maxMessageBytes) {
    return toFaultItem({
      label,
      key,
      size,
      reason: `It has ${size} bytes; the limit is ${maxMessageBytes}.`,
    });
  }
  if (!looksLikeMail(raw)) {
    return toFaultItem({ label, key, size, reason: 'It is not an e-mail: no header line at its start.' });
  }
  return { providerKey: key, raw, size, receivedAt, label, fault: undefined };
}
