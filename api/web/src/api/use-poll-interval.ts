import { POLL_INTERVALS } from './poll-intervals.ts';
import { useBatches } from './use-batches.ts';

/** How often the rest of the page looks: quickly while a batch changes it. */
export function usePollInterval(): number {
  const { items } = useBatches();
  return items?.some((batch) => batch.state === 'running') ? POLL_INTERVALS.busy : POLL_INTERVALS.quiet;
}
