import { and, desc, eq, inArray, lt, ne, or, sql } from 'drizzle-orm';
import type { BatchKind, BatchState, BatchTotals } from '../src/domain/batch.ts';
import type { Priority } from '../src/domain/priority.ts';
import { ServiceError } from '../src/domain/service-error.ts';
import type { Database } from './client.ts';
import { countTotals, NO_TOTALS } from './count-totals.ts';
import { newestFirst } from './newest-first.ts';
import { batch, contentWindow, message, upload } from './schema/index.ts';
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
        await tx.insert(batch).values({
          ...value,
          priority: value.priority ?? null,
          kind: 'import',
          // What is cancelled before its first page is read says what it leaves unread, too.
          expected: uploads.length === 0 ? null : uploads.length,
        });
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

    /** Ids of the imports that should have a live run. */
    async listRunningImports(): Promise<string[]> {
      const running = and(eq(batch.kind, 'import'), eq(batch.state, 'running'));
      const rows = await db.select({ id: batch.id }).from(batch).where(running).orderBy(batch.createdAt);
      return rows.map(({ id }) => id);
    },

    /** Ids of the batches that still read or have messages under way, newest first; what is paused stays out. */
    async listUnfinished(): Promise<string[]> {
      const underWay = db
        .select({ id: message.batchId })
        .from(message)
        .where(inArray(message.state, ['parked', 'running']));
      const rows = await db
        .select({ id: batch.id })
        .from(batch)
        .where(or(eq(batch.state, 'running'), and(ne(batch.state, 'paused'), inArray(batch.id, underWay))))
        .orderBy(desc(batch.createdAt), desc(batch.id));
      return rows.map(({ id }) => id);
    },

    async findOrigin(id: string): Promise<Uint8Array | undefined> {
      const [row] = await db.select({ origin: batch.origin }).from(batch).where(eq(batch.id, id));
      return row?.origin ?? undefined;
    },

    async countUploads(id: string): Promise<number> {
      return db.$count(upload, eq(upload.batchId, id));
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

    /** A failed import goes on: the only end that is not final. */
    async reopen(id: string): Promise<void> {
      await db
        .update(batch)
        .set({ state: 'running', reason: null, finishedAt: null })
        .where(and(eq(batch.id, id), eq(batch.kind, 'import'), eq(batch.state, 'failed')));
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
          .returning({ cursor: batch.cursor });
        if (ended[0] === undefined) return;
        if (state === 'completed') await tx.delete(upload).where(eq(upload.batchId, id));
        if (state !== 'cancelled') return;
        // What was posted and never read exists nowhere else.
        const read = lt(upload.position, toPosition(ended[0].cursor));
        await tx.delete(upload).where(and(eq(upload.batchId, id), read));
        await tx
          .update(message)
          .set({
            state: 'cancelled',
            outcome: 'cancelled',
            settledAt: sql`now()`,
            note: 'its batch was cancelled',
          })
          .where(and(eq(message.batchId, id), eq(message.state, 'parked')));
        // Nobody has processed them: the next copy that comes is mail, not a duplicate.
        await tx.execute(sql`
          delete from ${contentWindow} w using ${message} m
          where m.batch_id = ${id} and m.state = 'cancelled'
            and w.account_id = m.account_id and w.content_hash = m.content_hash and w.message_id = m.id`);
      });
    },
  });
}

/** How many uploads were read; the cursor of another origin means nothing here, and it has no uploads. */
function toPosition(cursor: string | null): number {
  const position = Number.parseInt(cursor ?? '0', 10);
  return Number.isNaN(position) ? 0 : Math.min(position, 2 ** 31 - 1);
}

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
