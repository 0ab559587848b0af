import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { AccountList } from '../../../schemas/account.ts';
import { request } from './request.ts';
import { usePollInterval } from './use-poll-interval.ts';

export function useAccounts() {
  const refetchInterval = usePollInterval();
  return useQuery({
    queryKey: ['/api/accounts'],
    queryFn: ({ signal }) => request<z.input<typeof AccountList>>('/api/accounts', { signal }),
    refetchInterval,
  });
}
