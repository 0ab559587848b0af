import { createHash } from 'node:crypto';

/** `sha256:<hex>` of the bytes: the identity of a message that no server numbered. */
export function toContentKey(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}
