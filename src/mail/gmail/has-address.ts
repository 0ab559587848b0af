import { compareOwner } from '../../domain/compare-owner.ts';
import { ServiceError } from '../../domain/service-error.ts';
import type { GmailSession } from './create-gmail-session.ts';

/**
 * Whether an address is a verified "Send mail as" one of the mailbox, by users.settings.sendAs.list, which
 * gmail.readonly and gmail.modify allow. Not allowed: nothing is proven.
 */
export async function hasAddress(
  session: GmailSession,
  address: string,
  signal: AbortSignal,
): Promise<boolean> {
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
