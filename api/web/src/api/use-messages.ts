import type { Message } from '../../../schemas/message.ts';
import { usePages } from './use-pages.ts';
import { usePollInterval } from './use-poll-interval.ts';

/** Newest first. `filters` are the parameters of GET /api/messages. */
export function useMessages(filters: Readonly<Record<string, string | undefined>>) {
  const interval = usePollInterval();
  return usePages<Message>({ path: '/api/messages', query: filters, interval: () => interval });
}
