import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { AuditAnswer } from '../../../schemas/audit.ts';
import { POLL_INTERVALS } from './poll-intervals.ts';
import { request } from './request.ts';

/** The last audits of an account; looked at often while one runs. */
export function useAudit(accountId: string) {
  const path = `/api/accounts/${encodeURIComponent(accountId)}/audit`;
  return useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => request<z.input<typeof AuditAnswer>>(path, { signal }),
    refetchInterval: ({ state }) =>
      state.data?.items[0]?.state === 'running' ? POLL_INTERVALS.busy : POLL_INTERVALS.quiet,
  });
}
