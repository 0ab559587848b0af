import { ServiceError } from '../../domain/service-error.ts';
import type { ItemsRequest, MailboxItem, MailboxItems } from '../mailbox.ts';
import type { GmailOptions, GmailSession } from './create-gmail-session.ts';
import { type FetchedMessage, fetchMessage } from './fetch-message.ts';
import { fetchStubborn, isOfMessage } from './fetch-stubborn.ts';
import { fromProviderKey, toProviderKey } from './provider-key.ts';
import { AT_ONCE } from './read-messages.ts';

/**
 * These messages wherever they are now. One that Gmail does not hand over leaves the others; it is tried again once they
 * are here, one for each call as in a pull, and is then an item with a fault.
 */
export async function readItems(
  session: GmailSession,
  providerKeys: readonly string[],
  request: ItemsRequest,
  options: GmailOptions,
): Promise<MailboxItems> {
  const { maxBytes, maxMessageBytes, signal, onProgress } = request;
  const gone = providerKeys.filter((key) => fromProviderKey(key) === undefined);
  const ids = providerKeys.flatMap((key) => fromProviderKey(key) ?? []);
  const items: MailboxItem[] = [];
  const failures = new Map<string, ServiceError>();
  let bytes = 0;
  let limited: ServiceError | undefined;
  for (let at = 0; at < ids.length && bytes < maxBytes && limited === undefined; at += AT_ONCE) {
    const wave = ids.slice(at, at + AT_ONCE);
    const answers = await Promise.allSettled(
      wave.map((id) => fetchMessage(session, id, maxMessageBytes, signal)),
    );
    signal.throwIfAborted();
    for (const [index, answer] of answers.entries()) {
      const id = wave[index] as string;
      if (answer.status === 'fulfilled') take(id, answer.value);
      else if (!(answer.reason instanceof ServiceError)) throw answer.reason;
      else {
        failures.set(id, answer.reason);
        if (answer.reason.type === 'RateLimited') limited = answer.reason;
      }
    }
    onProgress(items.length);
  }
  const [first] = failures.values();
  if (first !== undefined && bytes < maxBytes) await settle(limited ?? first);
  return { items, gone };

  function take(id: string, message: FetchedMessage | undefined): void {
    if (message === undefined) return void gone.push(toProviderKey(id));
    items.push(message.item);
    bytes += message.item.raw?.byteLength ?? 0;
  }

  /** Throws when nothing came, and it is Gmail, or our right to read, and not these messages. */
  async function settle(failure: ServiceError): Promise<void> {
    const [stubborn] = [...failures].find(([, error]) => isOfMessage(error)) ?? [];
    try {
      if (limited !== undefined || stubborn === undefined) throw failure;
      take(stubborn, await fetchStubborn(session, stubborn, request, options));
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof ServiceError) || items.length + gone.length === 0) throw error;
    }
  }
}
