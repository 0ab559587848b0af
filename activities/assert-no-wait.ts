import { describeUntil } from '../src/domain/provider-wait.ts';
import { ServiceError } from '../src/domain/service-error.ts';
import type { ActivityDependencies } from './dependencies.ts';

/**
 * Throws RateLimited, with what is left of it, while the provider of an account is to be left alone: because it asked
 * a pull for that. Whatever else has to do in the mailbox waits as long.
 */
export async function assertNoWait(
  { accounts, now }: Pick<ActivityDependencies, 'accounts' | 'now'>,
  accountId: string,
): Promise<void> {
  const wait = await accounts.findWait(accountId);
  if (wait === undefined) return;
  const at = now();
  const until = describeUntil(new Date(at.getTime() + wait.forMs), at);
  throw new ServiceError('RateLimited', wait.reason, {
    fix: `It is left alone until ${until}, and asked again then.`,
    retryAfterMs: wait.forMs,
  });
}
