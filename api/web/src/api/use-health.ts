import { useQuery } from '@tanstack/react-query';
import type { Health } from '../../../schemas/health.ts';
import { POLL_INTERVALS } from './poll-intervals.ts';
import { request } from './request.ts';

export function useHealth() {
  return useQuery({
    queryKey: ['/health'],
    queryFn: ({ signal }) => request<Health>('/health', { signal, accept: [503] }),
    refetchInterval: POLL_INTERVALS.quiet,
  });
}
