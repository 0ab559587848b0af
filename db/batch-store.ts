import { and, eq, inArray, lt, or, sql } from 'drizzle-orm';
import type { BatchKind, BatchState, BatchTotals } from '../src/domain/batch.ts';
import type { Priority } from '../src/domain/priority.ts';
import { ServiceError } from '../src/domain/service-error.ts';
import type { Database } from './client.ts';
import { newestFirst } from './newest-first.ts';
import { batch, message, upload } from './schema/index.ts';
import { translateFailures } from './translate-failures.ts';

export interface BatchRow {
  readonly id: string;
  readonly accountId: string;
  readonly kind: BatchKind;
  readonly state: BatchState;
  readonly reason: string | undefined;
  readonly label: string;
  readonly maxConcurrentOperations: number;
  readonly priority: Priority | undefined;
  readonly exhausted: boolean;
  /** How many items the origin is said to hold; undefined when it does not say. */
  readonly expected: number | undefined;
  readonly createdAt: Date;
  readonly finishedAt: Date | undefined;
  readonly totals: BatchTotals;
}

export interface NewBatch {
  readonly id: string;
  readonly accountId: string;
  readonly label: string;
  readonly maxConcurrentOperations: number;
  readonly priority: Priority | undefined;
  /** Sealed `BatchOrigin`. */
  readonly origin: Uint8Array;
}

export interface UploadedItem {
  readonly label: string;
  /** Sealed RFC 5322 bytes. */
  readonly bytes: Uint8Array;
}

export interface BatchPageKey {
  readonly createdAt: Date;
  readonly id: string;
}

export type BatchStore = ReturnType<typeof createBatchStore>;

/** Pulls and imports with live totals, counted from their items and messages. */
export function createBatchStore(db: Database) {
  return translateFailures({
    /** Uploads are committed with the batch: nothing posted is lost between the two. */
    async add(value: NewBatch, uploads: readonly UploadedItem[] = []): Promise<void> {
      await db.transaction(async (tx) => {
        await tx.insert(batch).values({ ...value, priority: value.priority ?? null, kind: 'import' });
        if (uploads.length === 0) return;
        await tx
          .insert(upload)
          .values(uploads.map((item, position) => ({ batchId: value.id, position, ...item })));
      });
    },

    async get(id: string): Promise<BatchRow> {
      const [row] = await db.select().from(batch).where(eq(batch.id, id));
      if (!row) throw new ServiceError('NotFound', `There is no batch "${id}"`);
      const totals = await countTotals(db, [id]);
      return toBatch(row, totals.get(id));
    },

    async list(filter: { accountId?: string; limit: number; after?: BatchPageKey }): Promise<BatchRow[]> {
      const rows = await db
        .select()
        .from(batch)
        .where(
          and(
            filter.accountId === undefined ? undefined : eq(batch.accountId, filter.accountId),
            filter.after &&
              or(
                lt(batch.createdAt, filter.after.createdAt),
                and(eq(batch.createdAt, filter.after.createdAt), lt(batch.id, filter.after.id)),
              ),
          ),
        )
        .orderBy(...newestFirst(batch.createdAt, batch.id))
        .limit(filter.limit);
      const totals = await countTotals(
        db,
        rows.map((row) => row.id),
      );
      return rows.map((row) => toBatch(row, totals.get(row.id)));
    },

    async findOrigin(id: string): Promise<Uint8Array | undefined> {
      const [row] = await db.select({ origin: batch.origin }).from(batch).where(eq(batch.id, id));
      return row?.origin ?? undefined;
    },

    async listUploads(
      id: string,
      from: number,
      limit: number,
    ): Promise<(UploadedItem & { position: number })[]> {
      return db
        .select({ position: upload.position, label: upload.label, bytes: upload.bytes })
        .from(upload)
        .where(and(eq(upload.batchId, id), sql`${upload.position} >= ${from}`))
        .orderBy(upload.position)
        .limit(limit);
    },

    /** Ends are final: a late `running` cannot reopen a finished batch. */
    async changeState(id: string, state: 'running' | 'paused'): Promise<void> {
      await db
        .update(batch)
        .set({ state })
        .where(and(eq(batch.id, id), inArray(batch.state, ['running', 'paused'])));
    },

    async tune(id: string, tuning: { priority?: Priority; maxConcurrentOperations?: number }): Promise<void> {
      if (tuning.priority === undefined && tuning.maxConcurrentOperations === undefined) return;
      await db.update(batch).set(tuning).where(eq(batch.id, id));
    },

    /** Ends once. Also accounts for what a cancelled batch parked and never started. */
    async finish(
      id: string,
      state: 'completed' | 'cancelled' | 'failed',
      reason: string | undefined,
    ): Promise<void> {
      await db.transaction(async (tx) => {
        const ended = await tx
          .update(batch)
          .set({ state, reason: reason ?? null, finishedAt: sql`now()` })
          .where(and(eq(batch.id, id), inArray(batch.state, ['running', 'paused'])))
          .returning({ id: batch.id });
        if (ended.length === 0) return;
        if (state !== 'failed') await tx.delete(upload).where(eq(upload.batchId, id));
        if (state !== 'cancelled') return;
        await tx
          .update(message)
          .set({
            state: 'cancelled',
            outcome: 'cancelled',
            settledAt: sql`now()`,
            note: 'its batch was cancelled',
          })
          .where(and(eq(message.batchId, id), eq(message.state, 'parked')));
      });
    },
  });
}

async function countTotals(db: Database, ids: readonly string[]): Promise<Map<string, BatchTotals>> {
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

const NO_TOTALS: BatchTotals = {
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

function toBatch(row: typeof batch.$inferSelect, totals: BatchTotals = NO_TOTALS): BatchRow {
  return {
    id: row.id,
    accountId: row.accountId,
    kind: row.kind,
    state: row.state,
    reason: row.reason ?? undefined,
    label: row.label,
    maxConcurrentOperations: row.maxConcurrentOperations,
    priority: row.priority ?? undefined,
    exhausted: row.exhausted,
    expected: row.expected ?? undefined,
    createdAt: row.createdAt,
    finishedAt: row.finishedAt ?? undefined,
    totals,
  };
}
