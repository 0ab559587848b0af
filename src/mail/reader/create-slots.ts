export interface Slots {
  /** Runs when a slot is free, first come, first served. Rejects with the signal's reason when it aborts the wait. */
  run<T>(job: () => Promise<T>, signal?: AbortSignal): Promise<T>;
}

interface Waiter {
  readonly begin: () => void;
}

/** At most `count` jobs at a time, so that a job's time starts when it does. Who gives up waiting leaves no place taken. */
export function createSlots(count: number): Slots {
  const waiting = new Set<Waiter>();
  let free = count;

  /** Whether its turn came: false when the signal aborted first. */
  const wait = (signal: AbortSignal | undefined): Promise<boolean> =>
    new Promise((resolve) => {
      const leave = (): void => {
        waiting.delete(waiter);
        resolve(false);
      };
      const begin = (): void => {
        signal?.removeEventListener('abort', leave);
        resolve(true);
      };
      const waiter = { begin };
      waiting.add(waiter);
      signal?.addEventListener('abort', leave, { once: true });
    });

  return {
    async run(job, signal) {
      signal?.throwIfAborted();
      if (free > 0) free--;
      else if (!(await wait(signal))) signal?.throwIfAborted();
      try {
        return await job();
      } finally {
        const [next] = waiting;
        if (next === undefined) free++;
        else {
          waiting.delete(next);
          next.begin();
        }
      }
    },
  };
}
