import { useMemo } from 'react';
import { useSearchParams } from 'react-router';

/** What the list of messages can be narrowed by; the names are those of GET /api/messages. */
const FILTERS = [
  'q',
  'state',
  'priority',
  'category',
  'label',
  'accountId',
  'language',
  'needsPerson',
  'overdue',
  'outcome',
  'batchId',
  'conversationId',
] as const;

export type Filter = (typeof FILTERS)[number];
export type Filters = Readonly<Partial<Record<Filter, string>>>;

/** The filters as the address says them, so that a view can be linked to, and a way to change some of them. */
export function useFilters() {
  const [search, setSearch] = useSearchParams();
  const filters = useMemo(() => {
    const given = FILTERS.map((name) => [name, search.get(name) ?? ''] as const);
    return Object.fromEntries(given.filter(([, value]) => value !== '')) as Filters;
  }, [search]);
  const change = (changes: Readonly<Partial<Record<Filter, string | undefined>>>) => {
    const next = new URLSearchParams(search);
    for (const [name, value] of Object.entries(changes)) {
      if (value) next.set(name, value);
      else next.delete(name);
    }
    setSearch(next, { replace: true });
  };
  return { filters, change };
}
