import { ServiceError } from '../../domain/service-error.ts';
import type { MailboxItem } from '../mailbox.ts';
import { toContentKey } from './to-content-key.ts';
import { toFaultItem } from './to-fault-item.ts';
import { toMessageItem } from './to-message-item.ts';
import { toRawMessage } from './to-raw-message.ts';

export interface JsonText {
  /** Undefined when it was too large to hold. */
  readonly text: Buffer | undefined;
  readonly size: number;
  readonly key: string | undefined;
}

/** One JSON object to one item; bad JSON, an unknown shape or an oversize message become a fault item. */
export async function toJsonItem(
  json: JsonText,
  label: string,
  maxMessageBytes: number,
): Promise<MailboxItem> {
  const { text, size } = json;
  if (text === undefined) {
    return toFaultItem({
      label,
      key: json.key,
      size,
      reason: `It has ${size} bytes; the limit is ${maxMessageBytes}.`,
    });
  }
  const key = toContentKey(text);
  const value = parse(text);
  if (value === undefined) return toFaultItem({ label, key, size, reason: 'It is not valid JSON.' });
  try {
    return toMessageItem(await toRawMessage(value.json), label, maxMessageBytes);
  } catch (error) {
    if (!(error instanceof ServiceError) || error.type !== 'InvalidInput') throw error;
    return toFaultItem({ label, key, size, reason: error.message });
  }
}

function parse(text: Buffer): { json: unknown } | undefined {
  try {
    return { json: JSON.parse(text.toString('utf8')) };
  } catch {
    return undefined;
  }
}
