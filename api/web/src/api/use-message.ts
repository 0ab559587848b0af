import { useQuery } from '@tanstack/react-query';
import type { MessageDetail } from '../../../schemas/message.ts';
import { POLL_INTERVALS } from './poll-intervals.ts';
import { request } from './request.ts';

const MOVING = new Set(['INTENT', 'SENDING']);

export function useMessage(id: string) {
  return useQuery({
    queryKey: ['/api/messages', id],
    queryFn: ({ signal }) => request<MessageDetail>(`/api/messages/${encodeURIComponent(id)}`, { signal }),
    refetchInterval: ({ state }) => (isMoving(state.data) ? POLL_INTERVALS.busy : POLL_INTERVALS.quiet),
  });
}

function isMoving(message: MessageDetail | undefined): boolean {
  if (message === undefined) return false;
  const delivery = message.draft?.delivery?.state;
  return message.state === 'parked' || message.state === 'running' || MOVING.has(delivery ?? '');
}
