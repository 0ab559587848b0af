import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type { RetryAllAnswer } from '../../../schemas/quarantine.ts';
import { formatNumber } from '../format/format-number.ts';
import { toasts } from '../state/toasts.ts';
import { request } from './request.ts';
import { toProblem } from './to-problem.ts';

type Answer = z.input<typeof RetryAllAnswer>;

/**
 * Retries all open entries. One call takes a few hundred: it is called again while fewer remain. What fails again
 * at once comes back as a new entry, so `remaining` that stands still is the end.
 */
async function retryAll(accountId: string | undefined): Promise<number> {
  const body = accountId === undefined ? {} : { accountId };
  let total = 0;
  let before = Number.POSITIVE_INFINITY;
  for (;;) {
    const { retried, remaining } = await request<Answer>('/api/quarantine/retry', { method: 'POST', body });
    total += retried;
    if (retried === 0 || remaining === 0 || remaining >= before) return total;
    before = remaining;
  }
}

export function useRetryAll() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: retryAll,
    onSuccess: (total) => {
      toasts.show({ tone: 'good', text: `${formatNumber(total)} messages are tried again` });
    },
    onError: (error) => {
      const { title, detail, fix } = toProblem(error);
      toasts.show({ tone: 'bad', text: `${title}: ${detail}`, fix });
    },
    onSettled: () => client.invalidateQueries(),
  });
}
