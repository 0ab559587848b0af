export type KeyedLock = <T>(key: string, run: () => Promise<T>) => Promise<T>;

/**
 * Runs tasks of one key one after another, in order of arrival. A lock rather than a shared promise: a caller that
 * gives up must not fail the others.
 */
export function createKeyedLock(): KeyedLock {
  const tails = new Map<string, Promise<void>>();
  return async (key, run) => {
    const before = tails.get(key) ?? Promise.resolve();
    let release: () => void = () => undefined;
    const mine = new Promise<void>((resolve) => {
      release = resolve;
    });
    tails.set(key, mine);
    await before;
    try {
      return await run();
    } finally {
      release();
      if (tails.get(key) === mine) tails.delete(key);
    }
  };
}
