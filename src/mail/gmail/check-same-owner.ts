import { compareOwner } from '../../domain/compare-owner.ts';
import { ServiceError } from '../../domain/service-error.ts';
import type { GmailSession } from './create-gmail-session.ts';
import type { GmailCursor } from './gmail-cursor.ts';
import { hasAddress } from './has-address.ts';

/**
 * The position is of one mailbox, and another person's is not read from it on. One that was given another name passes
 * where it kept the old one, or the account has the new one. Throws AuthenticationFailed.
 */
export async function checkSameOwner(
  session: GmailSession,
  { owner }: GmailCursor,
  signedIn: string | null | undefined,
  signal: AbortSignal,
): Promise<void> {
  const { address } = session;
  if (owner === undefined || !signedIn) return;
  if ([owner, address].some((one) => one && compareOwner(one, signedIn) === 'same')) return;
  if (await hasAddress(session, owner, signal)) return;
  throw new ServiceError(
    'AuthenticationFailed',
    `This account reads the mailbox of ${owner}, and ${signedIn} signed in: nothing was read.`,
    {
      fix:
        `Sign in as ${owner}: \`npm run mailroom -- account login ID\`. If ${signedIn} is the same mailbox by another ` +
        `name, or is to be read from now on, make it the address of the account: \`account set ID --address ${signedIn}\`.`,
    },
  );
}
