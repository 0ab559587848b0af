import { useQuery } from '@tanstack/react-query';
import type { Overview } from '../../../schemas/overview.ts';
import { request } from './request.ts';
import { usePollInterval } from './use-poll-interval.ts';

export function useOverview() {
  const refetchInterval = usePollInterval();
  return useQuery({
    queryKey: ['/api/overview'],
    queryFn: ({ signal }) => request<Overview>('/api/overview', { signal, query: { minutes: 60 } }),
    refetchInterval,
  });
}
