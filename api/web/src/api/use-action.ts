import { useMutation, useQueryClient } from '@tanstack/react-query';
import { toasts } from '../state/toasts.ts';
import { request } from './request.ts';
import { toProblem } from './to-problem.ts';

export interface Action {
  readonly method?: 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
  /** What to say when it was done. */
  readonly done: string;
}

/** Changes something, says how it went, and reads what is on the screen again. */
export function useAction() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ method = 'POST', path, body }: Action) => request<unknown>(path, { method, body }),
    onSuccess: (_answer, { done }) => {
      toasts.show({ tone: 'good', text: done });
    },
    onError: (error) => {
      const { title, detail, fix } = toProblem(error);
      toasts.show({ tone: 'bad', text: `${title}: ${detail}`, fix });
    },
    // Also after a refusal: what was on the screen was old then.
    onSettled: () => client.invalidateQueries(),
  });
}
