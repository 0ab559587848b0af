import { and, eq, inArray } from 'drizzle-orm';
import { auditEntry, message, messageAlias, tombstone } from '../schema/index.ts';
import { storableText } from '../storable.ts';
import { giveUpKeys } from './give-up-keys.ts';
import type { IntakeItem, IntakePage, NewItem, Transaction } from './intake-page.ts';
import { makeId } from './make-id.ts';

/** What is on record under a key. */
interface Holder {
  /** undefined: it was deleted here. */
  readonly messageId: string | undefined;
  readonly sha256: string | undefined;
  readonly contentHash: string;
}

/**
 * Of mail that may be other mail than ours of the same key: what has the content of ours is ours. What has not takes
 * over the key, and an id that no message ever had. What came without its content stays in doubt.
 */
export async function settleDoubts(
  tx: Transaction,
  page: IntakePage,
  doubted: ReadonlySet<string>,
): Promise<IntakePage> {
  const { accountId, auditId } = page;
  const isDoubted = (item: IntakeItem): item is NewItem =>
    item.kind === 'new' && doubted.has(storableText(item.providerKey));
  const keys = page.items.filter(isDoubted).map(({ providerKey }) => storableText(providerKey));
  if (auditId === undefined || keys.length === 0) return page;
  const holders = await findHolders(tx, accountId, keys);
  const others = new Set<string>();
  const items = page.items.map((item): IntakeItem => {
    if (!isDoubted(item)) return item;
    const { providerKey, label } = item;
    const holder = holders.get(storableText(providerKey));
    if (holder === undefined) return item;
    if (holder.contentHash !== item.contentHash && holder.sha256 !== item.sha256) {
      others.add(providerKey);
      return { ...item, messageId: makeId() };
    }
    const { messageId } = holder;
    return messageId === undefined ? item : { kind: 'known', providerKey, label, messageId };
  });
  await giveUpKeys(tx, accountId, [...others], `${auditId}-${page.page}`);
  await tx
    .update(auditEntry)
    .set({ doubted: false })
    .where(and(eq(auditEntry.auditId, auditId), inArray(auditEntry.providerKey, keys)));
  return { ...page, items };
}

/** A message says more than a copy, and a copy more than a trace of what was deleted. */
async function findHolders(
  tx: Transaction,
  accountId: string,
  keys: readonly string[],
): Promise<ReadonlyMap<string, Holder>> {
  const { id, sourceSha256: sha256, contentHash } = message;
  const deleted = await tx
    .select({ key: tombstone.providerKey, contentHash: tombstone.contentHash })
    .from(tombstone)
    .where(and(eq(tombstone.accountId, accountId), inArray(tombstone.providerKey, [...keys])));
  const copies = await tx
    .select({ key: messageAlias.providerKey, messageId: id, sha256, contentHash })
    .from(messageAlias)
    .innerJoin(message, eq(message.id, messageAlias.messageId))
    .where(and(eq(messageAlias.accountId, accountId), inArray(messageAlias.providerKey, [...keys])));
  const own = await tx
    .select({ key: message.providerKey, messageId: id, sha256, contentHash })
    .from(message)
    .where(and(eq(message.accountId, accountId), inArray(message.providerKey, [...keys])));
  const holders = new Map<string, Holder>();
  for (const row of deleted) holders.set(row.key, { ...row, messageId: undefined, sha256: undefined });
  for (const { key, ...holder } of [...copies, ...own]) holders.set(key, holder);
  return holders;
}
