import { useQuery } from '@tanstack/react-query';
import type { Conversation } from '../../../schemas/message.ts';
import { request } from './request.ts';
import { usePollInterval } from './use-poll-interval.ts';

/** The messages that belong together, oldest first. */
export function useConversation(messageId: string) {
  const interval = usePollInterval();
  return useQuery({
    queryKey: ['/api/messages', messageId, 'conversation'],
    queryFn: ({ signal }) =>
      request<Conversation>(`/api/messages/${encodeURIComponent(messageId)}/conversation`, { signal }),
    // It changes only when another message of it arrives.
    refetchInterval: interval * 5,
  });
}
