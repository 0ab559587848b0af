import { inArray, sql } from 'drizzle-orm';
import { message, tombstone } from '../schema/index.ts';
import { storableText } from '../storable.ts';
import type { IntakePage, NewItem, Transaction } from './intake-page.ts';
import { makeId } from './make-id.ts';

/** The marks before a key that was set aside, see `toAsideKey`. */
const MARKS = '^([A-Za-z0-9-]+/)+';

/**
 * An id is made of the key, and a message that had the key before may bear it, or bore it until it was deleted here: its
 * run and what went to Odoo go by that. What comes under the same key now gets an id of its own; by its key it is known
 * from then on.
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
  const deleted = await findDeletedAside(tx, page.accountId, fresh);
  const replaced = new Map<string, string>();
  for (const { messageId, providerKey } of fresh) {
    const key = keys.get(messageId);
    const isTaken = key === undefined ? deleted.has(storableText(providerKey)) : key !== providerKey;
    if (isTaken) replaced.set(messageId, makeId());
  }
  if (replaced.size === 0) return page;
  const items = page.items.map((item) =>
    item.kind === 'new' ? { ...item, messageId: replaced.get(item.messageId) ?? item.messageId } : item,
  );
  return { ...page, items };
}

async function findDeletedAside(
  tx: Transaction,
  accountId: string,
  fresh: readonly NewItem[],
): Promise<ReadonlySet<string>> {
  const keys = fresh.map(({ providerKey }) => storableText(providerKey));
  const own = sql`regexp_replace(provider_key, ${MARKS}, '')`;
  const rows = await tx.execute<{ key: string }>(sql`
    select ${own} as key from ${tombstone}
    where account_id = ${accountId} and provider_key like '%/%' and ${own} = any(${sql.param(keys)})`);
  return new Set(rows.map(({ key }) => key));
}
