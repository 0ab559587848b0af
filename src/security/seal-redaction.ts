import type { RedactedValues } from './redact-text.ts';
import type { Sealer } from './seal.ts';

/** What the placeholders of a message stand for, so that only holders of our key can tell. */
export function sealRedaction(values: RedactedValues, sealer: Sealer, messageId: string): Uint8Array {
  return sealer.seal(Buffer.from(JSON.stringify([...values])), placeOf(messageId));
}

/** @throws ServiceError Internal when it was sealed for another message, changed, or with a key that is not there. */
export function openRedaction(sealed: Uint8Array, sealer: Sealer, messageId: string): RedactedValues {
  const plain = Buffer.from(sealer.open(sealed, placeOf(messageId))).toString('utf8');
  return new Map(JSON.parse(plain) as [string, string][]);
}

function placeOf(messageId: string): string {
  return `message/redaction/${messageId}`;
}
