import type { Batch } from '../../../schemas/batch.ts';
import { POLL_INTERVALS } from './poll-intervals.ts';
import { usePages } from './use-pages.ts';

/** Newest first. */
export function useBatches() {
  return usePages<Batch>({ path: '/api/batches', interval: toInterval });
}

function toInterval(batches: readonly Batch[]): number {
  return batches.some((batch) => batch.state === 'running') ? POLL_INTERVALS.busy : POLL_INTERVALS.quiet;
}
