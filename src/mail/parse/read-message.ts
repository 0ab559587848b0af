import type { MessageView } from '../../domain/message.ts';
import type { ReadLimits } from './read-limits.ts';
import { readView } from './read-view.ts';
import { splitMessage } from './split-message.ts';

/**
 * Reads one RFC 5322 source into the view that every later step works on. What is broken is repaired or left out
 * and named in `warnings`; the only error is `ServiceError('InvalidInput')` for bytes that are no message at all.
 */
export async function readMessage(raw: Uint8Array, limits: ReadLimits): Promise<MessageView> {
  return readView(splitMessage(raw, limits), limits);
}
