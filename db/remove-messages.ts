import { and, eq, inArray, isNotNull, sql } from 'drizzle-orm';
import type { Transaction } from './intake/intake-page.ts';
import { contentWindow, message, quarantine, source } from './schema/index.ts';

type Row = Pick<typeof message.$inferSelect, 'id' | 'accountId' | 'contentHash' | 'sourceSha256'>;

/**
 * Deletes messages with all that hangs on them, and their sources unless another message has the same. In the order of
 * the intake (window, source, message), so that the two never wait for each other crosswise.
 */
export async function removeMessages(tx: Transaction, rows: readonly Row[]): Promise<void> {
  const [first] = rows;
  if (first === undefined) return;
  const ids = rows.map(({ id }) => id);
  await tx
    .delete(contentWindow)
    .where(
      and(
        eq(contentWindow.accountId, first.accountId),
        inArray(contentWindow.contentHash, [...new Set(rows.map(({ contentHash }) => contentHash))]),
        inArray(contentWindow.messageId, ids),
      ),
    );
  // An intake that found the source stored must not have it taken away before its message refers to it.
  await tx.execute(sql`lock table ${source} in share row exclusive mode`);
  await tx.delete(quarantine).where(and(isNotNull(quarantine.messageId), inArray(quarantine.messageId, ids)));
  await tx.delete(message).where(inArray(message.id, ids));
  await tx
    .delete(source)
    .where(
      and(
        inArray(source.sha256, [...new Set(rows.map(({ sourceSha256 }) => sourceSha256))]),
        sql`not exists (select 1 from ${message} where ${message.sourceSha256} = ${source.sha256})`,
      ),
    );
}
