import type { QuarantineEntry } from '../../../schemas/quarantine.ts';
import { usePages } from './use-pages.ts';
import { usePollInterval } from './use-poll-interval.ts';

export function useQuarantine(query: {
  readonly accountId?: string | undefined;
  readonly open?: string | undefined;
}) {
  const interval = usePollInterval();
  return usePages<QuarantineEntry>({ path: '/api/quarantine', query, interval: () => interval });
}
