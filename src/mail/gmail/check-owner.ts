import { compareOwner } from '../../domain/compare-owner.ts';
import { ServiceError } from '../../domain/service-error.ts';
import type { GmailSession } from './create-gmail-session.ts';

/**
 * Compares the mailbox that was signed in to with the address of the account: someone may have signed in as himself,
 * and his own mail is not for all eyes. Another one is refused unless the address is a verified "Send mail as" one;
 * what cannot be told is a line for the test of the account.
 */
export async function checkOwner(
  session: GmailSession,
  signedIn: string | null | undefined,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { address } = session;
  if (!address || !signedIn) return undefined;
  const owner = compareOwner(address, signedIn);
  if (owner === 'same') return undefined;
  if (await isAlias(session, address, signal)) return `Signed in as ${signedIn}, which has ${address} too`;
  if (owner === 'other') throw toRefusal(address, signedIn);
  return `Signed in as ${signedIn}; whether mail for ${address} comes here cannot be told`;
}

/** By users.settings.sendAs.list, which gmail.readonly and gmail.modify allow. Not allowed: nothing is proven. */
async function isAlias(session: GmailSession, address: string, signal: AbortSignal): Promise<boolean> {
  try {
    const { data } = await session.call(signal, (users, options) =>
      users.settings.sendAs.list({ userId: 'me' }, options),
    );
    return (data.sendAs ?? []).some(
      ({ sendAsEmail, verificationStatus }) =>
        sendAsEmail && verificationStatus !== 'pending' && compareOwner(sendAsEmail, address) === 'same',
    );
  } catch (error) {
    if (!(error instanceof ServiceError) || error.type !== 'PermissionDenied') throw error;
    return false;
  }
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
