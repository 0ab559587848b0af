import type { Account } from '../src/domain/account.ts';
import { ServiceError } from '../src/domain/service-error.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { toPlaces } from './to-places.ts';

/** A password that was replaced meanwhile, or a mailbox, does not pause the account for what is in force by now. */
export async function assertStillRefused(
  { accounts }: Pick<ActivityDependencies, 'accounts'>,
  account: Account,
  secret: Uint8Array | undefined,
  error: ServiceError,
): Promise<void> {
  if (error.type !== 'AuthenticationFailed') return;
  const [present, stored] = await Promise.all([accounts.get(account.id), accounts.findSecret(account.id)]);
  if (toPlaces(present) === toPlaces(account) && isSame(stored, secret)) return;
  throw new ServiceError('Unavailable', 'The account signs in in another way since', { retryAfterMs: 1_000 });
}

function isSame(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  return Buffer.from(a ?? []).equals(Buffer.from(b ?? []));
}
