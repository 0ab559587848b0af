import type { ReactNode } from 'react';
import { ErrorNotice } from './error-notice.tsx';
import { Skeleton } from './skeleton.tsx';

interface QueryViewProps<T> {
  readonly data: T | undefined;
  readonly error: unknown;
  readonly refetch: () => Promise<unknown>;
  readonly lines?: number;
  readonly children: (data: T) => ReactNode;
}

/** What is known, else the fault, else a placeholder. Old figures stay while the server is away: a banner says so. */
export function QueryView<T>({ data, error, refetch, lines = 4, children }: QueryViewProps<T>) {
  if (data !== undefined) return children(data);
  if (error !== null) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  return <Skeleton lines={lines} />;
}
