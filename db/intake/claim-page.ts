import { eq, sql } from 'drizzle-orm';
import { ServiceError } from '../../src/domain/service-error.ts';
import { batch, batchItem, mailboxCursor } from '../schema/index.ts';
import type { IntakePage, ParkedPage, Transaction } from './intake-page.ts';
import { readCommitted } from './read-committed.ts';

/** Moves the cursor and returns the first free position; what was committed when another attempt was faster. */
export async function claimPage(tx: Transaction, page: IntakePage): Promise<number | ParkedPage | undefined> {
  if (page.kind === 'pull' && page.items.length > 0) {
    await tx
      .insert(batch)
      .values({
        id: page.batchId,
        accountId: page.accountId,
        kind: 'pull',
        label: page.label,
        maxConcurrentOperations: 0,
        pages: page.page,
      })
      .onConflictDoNothing();
  }
  const [row] = await tx.select().from(batch).where(eq(batch.id, page.batchId)).for('update');
  if (row && row.pages > page.page)
    return readCommitted(tx, page.batchId, page.page, row.pages, row.exhausted);
  if (page.kind === 'pull') {
    if (page.cursor !== undefined) await advanceCursor(tx, page, page.cursor);
    if (page.items.length === 0) return undefined;
  }
  if (!row) throw new ServiceError('NotFound', `There is no batch "${page.batchId}"`);
  if (page.kind === 'import' && row.state !== 'running' && row.state !== 'paused')
    throw new ServiceError('Conflict', `The batch is ${row.state} already`);
  await tx
    .update(batch)
    .set({
      pages: page.page + 1,
      ...(page.cursor !== undefined && { cursor: page.cursor }),
      exhausted: page.done,
      expected: page.expected ?? row.expected,
    })
    .where(eq(batch.id, page.batchId));
  const [count] = await tx
    .select({ next: sql<number>`coalesce(max(${batchItem.position}) + 1, 0)`.mapWith(Number) })
    .from(batchItem)
    .where(eq(batchItem.batchId, page.batchId));
  return count?.next ?? 0;
}

/** Forward only: a pull that read beside another one starts over from where that one came to. */
async function advanceCursor(tx: Transaction, page: IntakePage, cursor: string): Promise<void> {
  const moved = await tx
    .insert(mailboxCursor)
    .values({ accountId: page.accountId, cursor })
    .onConflictDoUpdate({
      target: mailboxCursor.accountId,
      set: { cursor, updatedAt: sql`now()` },
      setWhere: eq(mailboxCursor.cursor, page.readFrom ?? cursor),
    })
    .returning({ accountId: mailboxCursor.accountId });
  if (moved.length > 0) return;
  throw new ServiceError('Unavailable', 'Another pull of this account moved its cursor meanwhile', {
    retryAfterMs: 1000,
  });
}
