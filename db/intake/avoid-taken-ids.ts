import { inArray } from 'drizzle-orm';
import { message } from '../schema/index.ts';
import type { IntakePage, NewItem, Transaction } from './intake-page.ts';
import { makeId } from './make-id.ts';

/**
 * An id is made of the key, and a message of another mailbox that the account read before may bear it. What comes under
 * the same key now gets an id of its own; by its key it is known from then on.
 */
export async function avoidTakenIds(tx: Transaction, page: IntakePage): Promise<IntakePage> {
  const fresh = page.items.filter((item): item is NewItem => item.kind === 'new');
  if (page.kind === 'import' || fresh.length === 0) return page;
  const ids = fresh.map(({ messageId }) => messageId);
  const rows = await tx
    .select({ id: message.id, providerKey: message.providerKey })
    .from(message)
    .where(inArray(message.id, ids));
  const keys = new Map(rows.map(({ id, providerKey }) => [id, providerKey]));
  const replaced = new Map<string, string>();
  for (const { messageId, providerKey } of fresh) {
    const key = keys.get(messageId);
    if (key !== undefined && key !== providerKey) replaced.set(messageId, makeId());
  }
  if (replaced.size === 0) return page;
  const items = page.items.map((item) =>
    item.kind === 'new' ? { ...item, messageId: replaced.get(item.messageId) ?? item.messageId } : item,
  );
  return { ...page, items };
}
