import { useQuery } from '@tanstack/react-query';
import type { BatchDetail } from '../../../schemas/batch.ts';
import { request } from './request.ts';
import { usePollInterval } from './use-poll-interval.ts';

/** One batch with what its run says of itself; asked only while `enabled`, for it costs a query to the worker. */
export function useBatch(id: string, enabled: boolean) {
  const refetchInterval = usePollInterval();
  return useQuery({
    queryKey: ['/api/batches', id],
    queryFn: ({ signal }) => request<BatchDetail>(`/api/batches/${encodeURIComponent(id)}`, { signal }),
    enabled,
    refetchInterval,
  });
}
