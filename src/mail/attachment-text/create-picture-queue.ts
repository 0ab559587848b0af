import { createSlots } from '../reader/create-slots.ts';
import { runInTime } from './run-in-time.ts';

export interface PictureQueue {
  /** What the job gives; undefined, mostly at once, when its turn would come too late: then it is never begun. */
  run<T>(job: () => Promise<T>, signal?: AbortSignal): Promise<T | undefined>;
}

/** Messages that are searched or wait, however short their turns are: each holds its pictures in memory. */
const MOST = 32;
/** Of a turn in what is expected of the next. */
const WEIGHT = 0.3;

/** One turn at a time. Turns that have been long of late make it short: nobody joins who would wait over `maxWaitMs`. */
export function createPictureQueue(maxWaitMs: number): PictureQueue {
  const slots = createSlots(1);
  let present = 0;
  let usualMs = 0;
  return {
    async run(job, signal) {
      if (present >= MOST || present * usualMs > maxWaitMs) return undefined;
      present++;
      const timed = async () => {
        const start = performance.now();
        try {
          return await job();
        } finally {
          usualMs += WEIGHT * (performance.now() - start - usualMs);
        }
      };
      try {
        return await runInTime(slots, timed, maxWaitMs, signal);
      } finally {
        present--;
        // Whoever made turns long is gone: a later burst of ordinary mail is not refused for it.
        if (present === 0) usualMs = 0;
      }
    },
  };
}
