import { useInfiniteQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { EntryFate } from '../../../../src/domain/audit.ts';
import type { AuditEntries } from '../../../schemas/audit.ts';
import { request } from './request.ts';

const LIMIT = 50;

/** What an audit listed, of one fate; the audit's id makes a newer one read anew. */
export function useAuditEntries(accountId: string, auditId: string, fate: EntryFate) {
  const path = `/api/accounts/${encodeURIComponent(accountId)}/audit/entries`;
  return useInfiniteQuery({
    queryKey: [path, auditId, fate],
    queryFn: ({ pageParam: after, signal }) =>
      request<z.input<typeof AuditEntries>>(path, { query: { fate, after, limit: LIMIT }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ items }) => (items.length < LIMIT ? undefined : items.at(-1)?.providerKey),
  });
}
