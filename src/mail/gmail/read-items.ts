import type { ItemsRequest, MailboxItem } from '../mailbox.ts';
import type { GmailSession } from './create-gmail-session.ts';
import { fetchMessage } from './fetch-message.ts';
import { fromProviderKey } from './provider-key.ts';
import { AT_ONCE } from './read-messages.ts';

/** These messages wherever they are now; what is gone is left out. */
export async function readItems(
  session: GmailSession,
  providerKeys: readonly string[],
  request: ItemsRequest,
): Promise<readonly MailboxItem[]> {
  const ids = providerKeys.flatMap((key) => fromProviderKey(key) ?? []);
  const items: MailboxItem[] = [];
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    const wave = await Promise.all(
      ids
        .slice(at, at + AT_ONCE)
        .map((id) => fetchMessage(session, id, request.maxMessageBytes, request.signal)),
    );
    items.push(...wave.flatMap((message) => message?.item ?? []));
    request.onProgress(items.length);
  }
  return items;
}
