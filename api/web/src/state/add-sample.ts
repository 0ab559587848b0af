import type { Sample } from './to-rate.ts';

const WINDOW_MS = 15_000;

/** The samples of the last quarter of a minute, with the newest one. */
export function addSample(samples: readonly Sample[], sample: Sample): readonly Sample[] {
  return [...samples.filter(({ at }) => sample.at - at <= WINDOW_MS && at < sample.at), sample];
}
