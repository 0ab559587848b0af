import type { ItemsRequest, MailboxItems } from '../mailbox.ts';
import type { GraphSession } from './create-session.ts';
import { findId } from './find-id.ts';
import { loadItems } from './load-items.ts';
import { readFacts } from './read-facts.ts';
import { toProviderKey } from './to-provider-key.ts';

/** These messages wherever in the mailbox they are now. */
export async function readItems(
  session: GraphSession,
  providerKeys: readonly string[],
  request: ItemsRequest,
): Promise<MailboxItems> {
  const ids: string[] = [];
  for (const key of providerKeys) {
    const id = await findId(session, key, request.signal);
    if (id !== undefined) ids.push(id);
  }
  const messages = await readFacts(session, ids, request.signal);
  const all = { ...request, cursor: undefined, maxItems: ids.length };
  const { items, rest, stubborn } = await loadItems(session, messages, 'mailbox', all);
  const here = new Set(items.map(({ providerKey }) => providerKey));
  for (const { id } of [...rest, ...stubborn]) here.add(toProviderKey(id));
  return { items, gone: providerKeys.filter((key) => !here.has(key)) };
}
