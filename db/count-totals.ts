import { sql } from 'drizzle-orm';
import type { BatchTotals } from '../src/domain/batch.ts';
import type { Database } from './client.ts';

/** Live totals by batch id, counted from items and messages; none for a batch without items. */
export async function countTotals(db: Database, ids: readonly string[]): Promise<Map<string, BatchTotals>> {
  if (ids.length === 0) return new Map();
  const list = sql.join(
    ids.map((id) => sql`${id}`),
    sql`, `,
  );
  const rows = await db.execute<Record<keyof BatchTotals | 'batchId', string>>(sql`
    with items as (
      select batch_id, count(*) as messages,
        count(*) filter (where outcome = 'accepted') as accepted,
        count(*) filter (where outcome = 'duplicate') as duplicates,
        count(*) filter (where outcome = 'quarantined') as refused
      from batch_item where batch_id in (${list}) group by batch_id
    ), runs as (
      select batch_id,
        count(*) filter (where state = 'settled') as processed,
        count(*) filter (where state = 'awaiting-approval') as waiting,
        count(*) filter (where state = 'quarantined') as quarantined,
        count(*) filter (where state = 'skipped') as skipped,
        count(*) filter (where state = 'cancelled') as cancelled,
        count(*) filter (where state in ('parked', 'running')) as running
      from message where batch_id in (${list}) group by batch_id
    )
    select items.batch_id as "batchId", messages, accepted, duplicates, coalesce(processed, 0) as processed,
      coalesce(waiting, 0) as "awaitingApproval", refused + coalesce(quarantined, 0) as quarantined,
      coalesce(skipped, 0) as skipped, coalesce(cancelled, 0) as cancelled, coalesce(running, 0) as running
    from items left join runs using (batch_id)`);
  return new Map(
    rows.map(({ batchId, ...counts }) => [
      batchId,
      Object.fromEntries(
        Object.entries(counts).map(([key, value]) => [key, Number(value)]),
      ) as unknown as BatchTotals,
    ]),
  );
}

export const NO_TOTALS: BatchTotals = {
  messages: 0,
  accepted: 0,
  duplicates: 0,
  processed: 0,
  awaitingApproval: 0,
  quarantined: 0,
  skipped: 0,
  cancelled: 0,
  running: 0,
};
