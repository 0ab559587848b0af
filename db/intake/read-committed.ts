import { and, eq } from 'drizzle-orm';
import type { Database } from '../client.ts';
import { batchItem, message } from '../schema/index.ts';
import type { ParkedPage, Transaction } from './intake-page.ts';

/** What a page that was committed before had parked; of its messages, those not started yet. */
export async function readCommitted(
  tx: Transaction | Database,
  batchId: string,
  page: number,
  pages: number,
  exhausted: boolean,
): Promise<ParkedPage> {
  const rows = await tx
    .select({ messageId: batchItem.messageId, outcome: batchItem.outcome, state: message.state })
    .from(batchItem)
    .leftJoin(message, eq(message.id, batchItem.messageId))
    .where(and(eq(batchItem.batchId, batchId), eq(batchItem.page, page)))
    .orderBy(batchItem.position);
  return {
    messageIds: rows.flatMap((row) =>
      row.outcome === 'accepted' && row.state === 'parked' && row.messageId ? [row.messageId] : [],
    ),
    items: rows.length,
    duplicates: rows.filter((row) => row.outcome === 'duplicate').length,
    quarantined: rows.filter((row) => row.outcome === 'quarantined').length,
    done: exhausted && page + 1 >= pages,
  };
}
