import { setTimeout as wait } from 'node:timers/promises';
import { ServiceError } from '../../domain/service-error.ts';
import type { PageRequest } from '../mailbox.ts';
import { canFetchOthers } from './can-fetch-others.ts';
import type { GmailOptions, GmailSession } from './create-gmail-session.ts';
import { type FetchedMessage, fetchMessage } from './fetch-message.ts';
import { toProviderKey } from './provider-key.ts';

const TRIES = 4;
const PATIENCE_MS = 1_000;

/**
 * Nothing else is left to read, and this one fails. While Gmail answers otherwise (and hands over others, where it
 * refuses this one) it is the message that is at fault: after a few tries it is parked, or it would block the account.
 */
export async function fetchStubborn(
  session: GmailSession,
  id: string,
  { maxMessageBytes, signal }: Pick<PageRequest, 'maxMessageBytes' | 'signal'>,
  { patienceMs = PATIENCE_MS }: GmailOptions,
): Promise<FetchedMessage | undefined> {
  let failure: ServiceError | undefined;
  for (let tries = 1; tries < TRIES; tries++) {
    await wait(patienceMs * 2 ** (tries - 1), undefined, { signal });
    try {
      return await fetchMessage(session, id, maxMessageBytes, signal);
    } catch (error) {
      if (!(error instanceof ServiceError) || !isOfMessage(error)) throw error;
      failure = error;
    }
    if (failure.type !== 'Unavailable' && !(await canFetchOthers(session, id, signal))) throw failure;
    await session.call(signal, (users, options) => users.getProfile({ userId: 'me' }, options));
  }
  const reason = `Gmail lists it but does not hand it over: ${failure?.message ?? 'no reason given'}`;
  return {
    labelIds: [],
    item: {
      providerKey: toProviderKey(id),
      raw: undefined,
      size: 0,
      receivedAt: undefined,
      label: `Gmail message ${id}`,
      fault: { type: 'Unavailable', reason },
    },
  };
}

/** It may be the message; what Gmail says of the token, or of how much is asked, never is. */
export function isOfMessage({ type }: ServiceError): boolean {
  return type === 'Unavailable' || type === 'InvalidInput' || type === 'PermissionDenied';
}
