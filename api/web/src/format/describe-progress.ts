import type { Batch } from '../../../schemas/batch.ts';

interface Progress {
  readonly done: number;
  /** undefined while the origin has not said how much it holds. */
  readonly of: number | undefined;
}

/** What of a batch came to an end, a wait for a person included. Duplicates end at the door. */
export function describeProgress({ totals, expected, exhausted }: Batch): Progress {
  const done = totals.messages - totals.running;
  if (exhausted) return { done, of: totals.messages };
  return { done, of: expected === null ? undefined : Math.max(expected, totals.messages) };
}
