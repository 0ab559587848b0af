import type { Account } from '../src/domain/account.ts';
import type { LiveMailbox } from '../src/mail/mailbox.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { withHeartbeat } from './heartbeat.ts';

/** Works in the mailbox of an account, behind its breaker, and leaves it. */
export function withMailbox<T>(
  deps: Pick<ActivityDependencies, 'openAccount' | 'guard'>,
  account: Account,
  work: (mailbox: LiveMailbox, signal: AbortSignal, onProgress: (done: number) => void) => Promise<T>,
): Promise<T> {
  return withHeartbeat((signal, onProgress) =>
    deps.guard(`mailbox/${account.id}`, async () => {
      const mailbox = await deps.openAccount(account);
      try {
        return await work(mailbox, signal, onProgress);
      } finally {
        await mailbox.close();
      }
    }),
  );
}
