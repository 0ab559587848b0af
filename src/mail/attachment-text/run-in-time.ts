import type { Slots } from '../reader/create-slots.ts';

/**
 * What the job gives, or undefined when no slot was free within `maxWaitMs`: then it is never begun. Rejects where the
 * job does, and when `signal` aborts the wait.
 */
export async function runInTime<T>(
  slots: Slots,
  job: () => Promise<T>,
  maxWaitMs: number,
  signal?: AbortSignal,
): Promise<T | undefined> {
  const patience = AbortSignal.timeout(maxWaitMs);
  const state = { isBegun: false };
  const begin = (): Promise<T> => {
    state.isBegun = true;
    return job();
  };
  try {
    return await slots.run(begin, signal === undefined ? patience : AbortSignal.any([signal, patience]));
  } catch (error) {
    if (state.isBegun || signal?.aborted === true) throw error;
    return undefined;
  }
}
