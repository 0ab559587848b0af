/** One after the other, in the order of asking. */
export interface Turns {
  /** Someone has the turn or waits for it. */
  readonly busy: boolean;
  /** Resolves to the function that ends the turn. Rejects with the reason of `signal`, and the turn passes on. */
  take(signal?: AbortSignal): Promise<() => void>;
}

export function createTurns(): Turns {
  let tail: Promise<void> = Promise.resolve();
  let asked = 0;
  return {
    get busy() {
      return asked > 0;
    },
    async take(signal) {
      signal?.throwIfAborted();
      const before = tail;
      const { promise, end } = createEnd();
      tail = promise;
      asked += 1;
      let ended = false;
      const finish = () => {
        if (ended) return;
        ended = true;
        asked -= 1;
        end();
      };
      try {
        await orAborted(before, signal);
      } catch (error) {
        // Whoever comes next still waits for those who were before.
        void before.then(finish);
        throw error;
      }
      return finish;
    },
  };
}

function createEnd(): { readonly promise: Promise<void>; readonly end: () => void } {
  let end: () => void = () => undefined;
  const promise = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { promise, end };
}

/** The outcome of `work`, or a rejection with the reason of `signal` as soon as it aborts; the work goes on. */
export async function orAborted<R>(work: Promise<R>, signal: AbortSignal | undefined): Promise<R> {
  if (signal === undefined) return work;
  let abort: () => void = () => undefined;
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(signal.reason as Error);
  });
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  try {
    // Both are listened to, also when it is too late for the work: nobody else would hear of its failure.
    return await Promise.race([aborted, work]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
