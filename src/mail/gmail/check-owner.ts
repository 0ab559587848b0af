import { compareOwner } from '../../domain/compare-owner.ts';
import { ServiceError } from '../../domain/service-error.ts';
import type { GmailSession } from './create-gmail-session.ts';
import { hasAddress } from './has-address.ts';

/**
 * Compares the mailbox that was signed in to with the address of the account: his own mail is not for all eyes. Another
 * one is refused at first sight, unless the address is a verified "Send mail as" one; all else is a line for the test of
 * the account, for the address may be no more than what answers are sent from. Throws AuthenticationFailed.
 */
export async function checkOwner(
  session: GmailSession,
  signedIn: string | null | undefined,
  isRead: boolean,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { address } = session;
  if (!address || !signedIn) return undefined;
  const owner = compareOwner(address, signedIn);
  if (owner === 'same') return undefined;
  if (await hasAddress(session, address, signal)) return `Signed in as ${signedIn}, which has ${address} too`;
  if (isRead && owner === 'other') {
    return `Signed in as ${signedIn}, whose mail is read; the address of the account is ${address}`;
  }
  if (owner === 'other') throw toRefusal(address, signedIn);
  return `Signed in as ${signedIn}; whether mail for ${address} comes here cannot be told`;
}

function toRefusal(address: string, signedIn: string): ServiceError {
  return new ServiceError(
    'AuthenticationFailed',
    `This account is of ${address}, and ${signedIn} signed in: nothing was read.`,
    {
      fix:
        `Sign in as ${address}: \`npm run mailroom -- account login ID\`. If ${address} is another address of ` +
        `${signedIn}, add it there (Settings, Accounts, "Send mail as"); if ${signedIn} is meant, make it the address of the account.`,
    },
  );
}
