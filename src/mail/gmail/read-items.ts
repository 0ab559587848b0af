import { ServiceError } from '../../domain/service-error.ts';
import type { ItemsRequest, MailboxItem, MailboxItems } from '../mailbox.ts';
import type { GmailSession } from './create-gmail-session.ts';
import { fetchMessage } from './fetch-message.ts';
import { fromProviderKey, toProviderKey } from './provider-key.ts';
import { AT_ONCE } from './read-messages.ts';

/** These messages wherever they are now. One that Gmail does not hand over is left out, and the others come. */
export async function readItems(
  session: GmailSession,
  providerKeys: readonly string[],
  { maxBytes, maxMessageBytes, signal, onProgress }: ItemsRequest,
): Promise<MailboxItems> {
  const gone = providerKeys.filter((key) => fromProviderKey(key) === undefined);
  const ids = providerKeys.flatMap((key) => fromProviderKey(key) ?? []);
  const items: MailboxItem[] = [];
  let bytes = 0;
  let failure: ServiceError | undefined;
  for (let at = 0; at < ids.length && bytes < maxBytes && failure?.type !== 'RateLimited'; at += AT_ONCE) {
    const wave = ids.slice(at, at + AT_ONCE);
    const answers = await Promise.allSettled(
      wave.map((id) => fetchMessage(session, id, maxMessageBytes, signal)),
    );
    signal.throwIfAborted();
    for (const [index, answer] of answers.entries()) {
      if (answer.status === 'rejected') {
        if (!(answer.reason instanceof ServiceError)) throw answer.reason;
        failure = answer.reason;
      } else if (answer.value === undefined) {
        gone.push(toProviderKey(wave[index] as string));
      } else {
        items.push(answer.value.item);
        bytes += answer.value.item.raw?.byteLength ?? 0;
      }
    }
    onProgress(items.length);
  }
  if (failure === undefined || items.length + gone.length > 0) return { items, gone };
  if (failure.type === 'RateLimited') throw failure;
  // It throws when it is Gmail, or our right to read, and not these messages.
  await session.call(signal, (users, options) => users.getProfile({ userId: 'me' }, options));
  return { items, gone };
}
