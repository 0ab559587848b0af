import { QueryClient } from '@tanstack/react-query';
import { ApiError } from './api-error.ts';

const MAX_RETRIES = 2;

/** Only what may pass by itself is tried again: no answer, or the server's own 5xx. */
function isWorthRetrying(count: number, error: Error): boolean {
  const status = error instanceof ApiError ? error.problem.status : 400;
  return count < MAX_RETRIES && (status === 0 || status >= 500);
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      retry: isWorthRetrying,
      // A server on loopback answers without any network.
      networkMode: 'always',
      // Nothing is polled in a tab that nobody sees; coming back reads at once.
      refetchIntervalInBackground: false,
      refetchOnWindowFocus: 'always',
    },
    mutations: { retry: false, networkMode: 'always' },
  },
});
