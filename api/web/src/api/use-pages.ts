import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { request } from './request.ts';

interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

interface PagesOptions<T> {
  readonly path: string;
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly limit?: number;
  readonly interval: (items: readonly T[]) => number;
}

/** A keyset list, page after page. Every page is read again at each look, so more pages are looked at less often. */
export function usePages<T>({ path, query = {}, limit = 50, interval }: PagesOptions<T>) {
  const list = useInfiniteQuery({
    queryKey: [path, query, limit],
    queryFn: ({ pageParam, signal }) =>
      request<Page<T>>(path, { query: { ...query, limit, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => {
      const pages = state.data?.pages ?? [];
      return interval(pages.flatMap((page) => page.items)) * Math.max(1, pages.length);
    },
  });
  return { ...list, items: list.data?.pages.flatMap((page) => page.items) };
}
