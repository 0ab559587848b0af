import { and, eq, inArray, sql } from 'drizzle-orm';
import { contentWindow, message } from '../schema/index.ts';
import { byKey } from './by-key.ts';
import { insertInChunks } from './insert-in-chunks.ts';
import type { IntakePage, NewItem, Transaction } from './intake-page.ts';

/** Who owns each content within the window: the item itself when it is the first to come. */
export async function passContentWindow(
  tx: Transaction,
  page: IntakePage,
  fresh: readonly NewItem[],
): Promise<Map<string, string>> {
  const owners = new Map<string, string>();
  if (page.windowHours === 0) return owners;
  const firsts = [...new Map([...fresh].reverse().map((item) => [item.contentHash, item])).values()];
  firsts.sort(byKey('contentHash'));
  await insertInChunks(firsts, async (rows) => {
    const seenAt = sql`now()`;
    const claimed = await tx
      .insert(contentWindow)
      .values(
        rows.map((item) => ({
          accountId: page.accountId,
          contentHash: item.contentHash,
          messageId: item.messageId,
          seenAt,
        })),
      )
      .onConflictDoUpdate({
        target: [contentWindow.accountId, contentWindow.contentHash],
        set: { messageId: sql`excluded.message_id`, seenAt: sql`excluded.seen_at` },
        setWhere: sql`${contentWindow.seenAt} < now() - make_interval(hours => ${page.windowHours})`,
      })
      .returning({ contentHash: contentWindow.contentHash, messageId: contentWindow.messageId });
    for (const row of claimed) owners.set(row.contentHash, row.messageId);
  });
  const left = new Map(
    firsts.filter((item) => !owners.has(item.contentHash)).map((item) => [item.contentHash, item]),
  );
  if (left.size === 0) return owners;
  const rows = await tx
    .select({
      contentHash: contentWindow.contentHash,
      owner: contentWindow.messageId,
      messageId: message.id,
    })
    .from(contentWindow)
    .leftJoin(message, eq(message.id, contentWindow.messageId))
    .where(
      and(eq(contentWindow.accountId, page.accountId), inArray(contentWindow.contentHash, [...left.keys()])),
    );
  for (const { contentHash, owner, messageId } of rows) {
    const item = left.get(contentHash);
    if (messageId === null && item !== undefined) await takeOver(tx, page.accountId, owner, item);
    owners.set(contentHash, messageId ?? item?.messageId ?? owner);
  }
  return owners;
}

/** Somebody took the owner's row away by hand: a copy of nothing would hold up its whole page. The insert locked it. */
async function takeOver(tx: Transaction, accountId: string, owner: string, item: NewItem): Promise<void> {
  await tx
    .update(contentWindow)
    .set({ messageId: item.messageId, seenAt: sql`now()` })
    .where(
      and(
        eq(contentWindow.accountId, accountId),
        eq(contentWindow.contentHash, item.contentHash),
        eq(contentWindow.messageId, owner),
      ),
    );
}
