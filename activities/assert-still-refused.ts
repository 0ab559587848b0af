import type { Account } from '../src/domain/account.ts';
import { ServiceError } from '../src/domain/service-error.ts';
import { SIGN_IN_NEEDED } from '../src/domain/sign-in-needed.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { toPlaces } from './to-places.ts';

/** How an account signed in before it was refused. */
export interface SignInSeen {
  readonly secret: Uint8Array | undefined;
  /** When its tokens were stored. */
  readonly tokensAt: Date | undefined;
}

/** A password that was replaced meanwhile, a sign-in, or a mailbox, does not pause the account for what is in force by now. */
export async function assertStillRefused(
  { accounts, tokens }: Pick<ActivityDependencies, 'accounts' | 'tokens'>,
  account: Account,
  seen: SignInSeen,
  error: ServiceError,
): Promise<void> {
  if (error.type !== 'AuthenticationFailed') return;
  const [present, stored, tokensAt] = await Promise.all([
    accounts.get(account.id),
    accounts.findSecret(account.id),
    tokens.findUpdatedAt(account.id),
  ]);
  // A mailbox that refuses a good token has it refreshed each time: only what the provider said counts.
  const isSignedIn =
    error.message.startsWith(SIGN_IN_NEEDED) && tokensAt?.getTime() !== seen.tokensAt?.getTime();
  if (toPlaces(present) === toPlaces(account) && isSame(stored, seen.secret) && !isSignedIn) return;
  throw new ServiceError('Unavailable', 'The account signs in in another way since', { retryAfterMs: 1_000 });
}

function isSame(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  return Buffer.from(a ?? []).equals(Buffer.from(b ?? []));
}
