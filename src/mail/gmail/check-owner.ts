import { ServiceError } from '../../domain/service-error.ts';
import type { GmailSession } from './create-gmail-session.ts';

/**
 * Compares the mailbox that was signed in to with the address of the account: someone may have signed in as himself,
 * and his own mail is not for all eyes. Refused is what is surely, or without proof, another mailbox: an address in
 * the same domain, or of gmail.com, that is no verified "Send mail as" address. An address in another domain may be
 * delivered here by an alias or a group that this scope does not show: that is a line for the test of the account.
 */
export async function checkOwner(
  session: GmailSession,
  signedIn: string | null | undefined,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { address } = session;
  if (!address || !signedIn || toOwner(address) === toOwner(signedIn)) return undefined;
  if (await isAlias(session, address, signal)) return `Signed in as ${signedIn}, which has ${address} too`;
  const domain = toDomain(address);
  if (domain === 'gmail.com' || domain === toDomain(signedIn)) throw toRefusal(address, signedIn);
  return `Signed in as ${signedIn}; whether mail for ${address} comes here cannot be told`;
}

/** Gmail takes no notice of case, of what follows a plus, and in gmail.com of dots (support.google.com/mail/answer/7436150). */
function toOwner(address: string): string {
  const domain = toDomain(address);
  const [local = ''] = address.slice(0, address.lastIndexOf('@')).toLowerCase().split('+');
  return `${domain === 'gmail.com' ? local.replaceAll('.', '') : local}@${domain}`;
}

function toDomain(address: string): string {
  const domain = address.slice(address.lastIndexOf('@') + 1).toLowerCase();
  return domain === 'googlemail.com' ? 'gmail.com' : domain;
}

/** By users.settings.sendAs.list, which gmail.readonly and gmail.modify allow. Not allowed: nothing is proven. */
async function isAlias(session: GmailSession, address: string, signal: AbortSignal): Promise<boolean> {
  try {
    const { data } = await session.call(signal, (users, options) =>
      users.settings.sendAs.list({ userId: 'me' }, options),
    );
    return (data.sendAs ?? []).some(
      ({ sendAsEmail, verificationStatus }) =>
        sendAsEmail && verificationStatus !== 'pending' && toOwner(sendAsEmail) === toOwner(address),
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
