import type { ItemsRequest, MailboxItem, MailboxItems } from '../mailbox.ts';
import type { GraphSession } from './create-session.ts';
import { findId } from './find-id.ts';
import type { ListedMessage } from './graph-cursor.ts';
import { isPassing } from './is-passing.ts';
import { loadItems } from './load-items.ts';
import { readFacts } from './read-facts.ts';
import { toProviderKey } from './to-provider-key.ts';

/**
 * These messages wherever in the mailbox they are now. One whose bytes do not come while those of others do is tried as
 * often as a pull does, and is then an item with a fault.
 */
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
  const items: MailboxItem[] = [];
  const left: ListedMessage[] = [];
  let next: readonly ListedMessage[] = messages;
  while (next.length > 0) {
    const bytes = items.reduce((sum, { raw }) => sum + (raw?.byteLength ?? 0), 0);
    const room = { ...all, maxBytes: request.maxBytes - bytes };
    try {
      const loaded = await loadItems(session, next, 'mailbox', room, 0);
      items.push(...loaded.items);
      left.push(...loaded.rest);
      next = loaded.stubborn;
    } catch (error) {
      if (items.length === 0 || !isPassing(error)) throw error;
      left.push(...next);
      next = [];
    }
  }
  const here = new Set(items.map(({ providerKey }) => providerKey));
  for (const { id } of left) here.add(toProviderKey(id));
  return { items, gone: providerKeys.filter((key) => !here.has(key)) };
}
