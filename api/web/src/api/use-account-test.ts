import { useMutation } from '@tanstack/react-query';
import type { z } from 'zod';
import type { AccountTest } from '../../../schemas/account.ts';
import { request } from './request.ts';

/** Opens the mailbox of an account and tells what was found. */
export function useAccountTest(id: string) {
  return useMutation({
    mutationFn: () =>
      request<z.input<typeof AccountTest>>(`/api/accounts/${encodeURIComponent(id)}/test`, {
        method: 'POST',
      }),
  });
}
