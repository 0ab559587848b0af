export interface Slots {
  /** Runs when a slot is free, first come, first served. */
  run<T>(job: () => Promise<T>): Promise<T>;
}

/** At most `count` jobs at a time, so that a job's time starts when it does. */
export function createSlots(count: number): Slots {
  const waiting: (() => void)[] = [];
  let free = count;
  return {
    async run(job) {
      if (free > 0) free--;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      try {
        return await job();
      } finally {
        const next = waiting.shift();
        if (next) next();
        else free++;
      }
    },
  };
}
