import type { MessageFacts } from './fetch-facts.ts';

const CHUNK_MESSAGES = 100;
/** Sizes are what the server says; see `toMost`. */
export const CHUNK_BYTES = 4 * 1024 * 1024;

/** The next messages whose sizes fit, one at least; what is too large to load takes no room. */
export function takeChunk(
  messages: readonly MessageFacts[],
  from: number,
  room: number,
  maxMessageBytes: number,
): MessageFacts[] {
  const chunk: MessageFacts[] = [];
  let bytes = 0;
  for (const message of messages.slice(from, from + CHUNK_MESSAGES)) {
    const size = message.size ?? maxMessageBytes;
    const load = size > maxMessageBytes ? 0 : size;
    if (chunk.length > 0 && bytes + load > Math.min(room, CHUNK_BYTES)) break;
    chunk.push(message);
    bytes += load;
  }
  return chunk;
}
