import { LRUCache } from 'lru-cache';
import type { MessageMemory, Remembered } from '../activities/message-memory.ts';

/** About 20 MB at most: a view is small, but a hostile one may hold megabytes of text. */
const MAX_CHARS = 10_000_000;

export function createMessageMemory(): MessageMemory {
  const cache = new LRUCache<string, Remembered>({
    max: 1000,
    maxSize: MAX_CHARS,
    sizeCalculation: ({ view }) =>
      2000 + view.text.length + view.visibleText.length + (view.html?.length ?? 0),
  });
  return {
    get: (messageId) => cache.get(messageId),
    set(messageId, value) {
      cache.set(messageId, value);
    },
    delete(messageId) {
      cache.delete(messageId);
    },
  };
}
