import type { gmail_v1 } from '@googleapis/gmail';
import { ServiceError } from '../../domain/service-error.ts';
import type { MailboxItem } from '../mailbox.ts';
import type { GmailSession } from './create-gmail-session.ts';
import { toProviderKey } from './provider-key.ts';

export interface FetchedMessage {
  readonly item: MailboxItem;
  readonly labelIds: readonly string[];
}

/** base64url and the JSON around it. */
const toAnswerBytes = (bytes: number): number => Math.ceil((bytes * 4) / 3) + 64 * 1024;

/** One message with its bytes; a larger one is an item with a fault. undefined: it is gone. */
export async function fetchMessage(
  session: GmailSession,
  id: string,
  maxMessageBytes: number,
  signal: AbortSignal,
): Promise<FetchedMessage | undefined> {
  const get = async (format: 'raw' | 'minimal', maxBytes?: number) => {
    const send = (users: gmail_v1.Resource$Users, options: object) =>
      users.messages.get({ userId: 'me', id, format }, options);
    return (await session.call(signal, send, maxBytes)).data;
  };
  try {
    return toFetched(id, await get('raw', toAnswerBytes(maxMessageBytes)), maxMessageBytes, false);
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    if (error.type === 'NotFound') return undefined;
    if (error.details.tooLarge !== true) throw error;
  }
  try {
    return toFetched(id, await get('minimal'), maxMessageBytes, true);
  } catch (error) {
    if (error instanceof ServiceError && error.type === 'NotFound') return undefined;
    throw error;
  }
}

function toFetched(
  id: string,
  message: gmail_v1.Schema$Message,
  limit: number,
  tooLarge: boolean,
): FetchedMessage {
  const raw = typeof message.raw === 'string' ? Buffer.from(message.raw, 'base64url') : undefined;
  const at = /^\d{1,15}$/.test(message.internalDate ?? '') ? Number(message.internalDate) : Number.NaN;
  const size = raw?.byteLength ?? message.sizeEstimate ?? 0;
  const fault = findFault(raw, size, limit, tooLarge);
  return {
    labelIds: message.labelIds ?? [],
    item: {
      providerKey: toProviderKey(id),
      raw: fault === undefined ? raw : undefined,
      size,
      receivedAt: Number.isNaN(at) ? undefined : new Date(at),
      label: `Gmail message ${id}`,
      fault,
    },
  };
}

function findFault(
  raw: Buffer | undefined,
  size: number,
  limit: number,
  tooLarge: boolean,
): MailboxItem['fault'] {
  if (tooLarge) {
    return { type: 'InvalidInput', reason: `It has about ${size} bytes; the limit is ${limit}.` };
  }
  if (raw === undefined) {
    return { type: 'Unavailable', reason: 'Gmail lists it but does not hand it over.' };
  }
  if (raw.byteLength > limit) {
    return { type: 'InvalidInput', reason: `It has ${size} bytes; the limit is ${limit}.` };
  }
  if (raw.byteLength === 0) return { type: 'InvalidInput', reason: 'It is empty.' };
  return undefined;
}
