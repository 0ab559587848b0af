import { LRUCache } from 'lru-cache';

/** A change counts from then on at the latest; until then one question serves all mail of an account. */
const FRESH_MS = 1000;
const MOST_KEYS = 1000;

/** What is stored under a key, at most a second old. */
export interface FreshReader<T> {
  get(key: string): Promise<T>;
  /** It was changed: the next question is put anew. */
  forget(key: string): void;
}

/** Those who ask at the same time share one `load`. */
export function createFreshReader<T>(load: (key: string) => Promise<T>): FreshReader<T> {
  // Purged in time: what it answers may be large, and its reader keeps what shall stay.
  const fresh = new LRUCache<string, Promise<T>>({
    max: MOST_KEYS,
    ttl: FRESH_MS,
    ttlAutopurge: true,
    // Otherwise the clock that was there when the package was loaded, whatever a test set since.
    perf: performance,
  });
  return {
    get(key) {
      const known = fresh.get(key);
      if (known !== undefined) return known;
      const loading = load(key);
      fresh.set(key, loading);
      // A failure is not remembered: the step that asked is tried again. What was asked since stays.
      loading.catch(() => fresh.peek(key) === loading && fresh.delete(key));
      return loading;
    },
    forget: (key) => void fresh.delete(key),
  };
}
