import { and, eq, isNull, lt, or, sql } from 'drizzle-orm';
import type { Stage } from '../src/domain/message.ts';
import { ServiceError } from '../src/domain/service-error.ts';
import type { Database } from './client.ts';
import { newestFirst } from './newest-first.ts';
import { message, quarantine } from './schema/index.ts';
import { mayEnd } from './settle-message.ts';
import { translateFailures } from './translate-failures.ts';

export interface QuarantineRow {
  readonly id: number;
  readonly accountId: string;
  /** Undefined for an item that failed at the door. */
  readonly messageId: string | undefined;
  readonly batchId: string | undefined;
  readonly label: string;
  readonly stage: Stage | 'intake';
  readonly failureType: string;
  readonly reason: string;
  readonly createdAt: Date;
  readonly resolvedAt: Date | undefined;
  readonly resolution: 'retried' | 'skipped' | undefined;
}

export interface QuarantineFilter {
  readonly accountId?: string;
  readonly open: boolean;
  /** Only what was refused at the door: there is no message of it. */
  readonly refused?: true;
  readonly limit: number;
  readonly after?: { readonly createdAt: Date; readonly id: number };
}

export type QuarantineStore = ReturnType<typeof createQuarantineStore>;

/** What failed for good, and what became of it. */
export function createQuarantineStore(db: Database) {
  return translateFailures({
    /** Row and message state in one transaction. A message that has ended stays as it is: an attempt may come late. */
    async addMessage(value: {
      messageId: string;
      stage: Stage;
      failureType: string;
      reason: string;
      runId?: string;
    }): Promise<void> {
      const { runId, ...entry } = value;
      await db.transaction(async (tx) => {
        const [row] = await tx
          .update(message)
          .set({
            state: 'quarantined',
            stage: value.stage,
            outcome: 'quarantined',
            note: value.reason,
            settledAt: sql`now()`,
            ...(runId !== undefined && { endedByRun: runId }),
          })
          .where(and(eq(message.id, value.messageId), mayEnd({ runId })))
          .returning({ accountId: message.accountId, batchId: message.batchId, label: message.label });
        if (!row) {
          if ((await tx.$count(message, eq(message.id, value.messageId))) > 0) return;
          throw new ServiceError('NotFound', `There is no message "${value.messageId}"`);
        }
        await tx
          .insert(quarantine)
          .values({ ...row, ...entry })
          .onConflictDoUpdate({
            target: quarantine.messageId,
            targetWhere: sql`resolved_at is null`,
            set: { stage: value.stage, failureType: value.failureType, reason: value.reason },
          });
      });
    },

    async list(filter: QuarantineFilter): Promise<QuarantineRow[]> {
      const rows = await db
        .select()
        .from(quarantine)
        .where(
          and(
            filter.open ? isNull(quarantine.resolvedAt) : undefined,
            filter.refused && isNull(quarantine.messageId),
            filter.accountId === undefined ? undefined : eq(quarantine.accountId, filter.accountId),
            filter.after &&
              or(
                lt(quarantine.createdAt, filter.after.createdAt),
                and(eq(quarantine.createdAt, filter.after.createdAt), lt(quarantine.id, filter.after.id)),
              ),
          ),
        )
        .orderBy(...newestFirst(quarantine.createdAt, quarantine.id))
        .limit(filter.limit);
      return rows.map(toQuarantine);
    },

    /** What of the mail that a batch gave is in quarantine, also since an earlier batch; newest first. */
    async listOfBatch(batchId: string, limit: number): Promise<QuarantineRow[]> {
      const rows = await db
        .select()
        .from(quarantine)
        .where(isOpenOf(batchId))
        .orderBy(...newestFirst(quarantine.createdAt, quarantine.id))
        .limit(limit);
      return rows.map(toQuarantine);
    },

    async countOfBatch(batchId: string): Promise<number> {
      return db.$count(quarantine, isOpenOf(batchId));
    },

    async get(id: number): Promise<QuarantineRow> {
      const [row] = await db.select().from(quarantine).where(eq(quarantine.id, id));
      if (!row) throw new ServiceError('NotFound', `There is no quarantine entry ${id}`);
      return toQuarantine(row);
    },

    /** Closes the open entry of a message, if there is one. */
    async resolveMessage(messageId: string, resolution: 'retried' | 'skipped'): Promise<void> {
      await db
        .update(quarantine)
        .set({ resolution, resolvedAt: sql`now()` })
        .where(and(eq(quarantine.messageId, messageId), isNull(quarantine.resolvedAt)));
    },

    async resolve(id: number, resolution: 'retried' | 'skipped'): Promise<void> {
      await db
        .update(quarantine)
        .set({ resolution, resolvedAt: sql`now()` })
        .where(and(eq(quarantine.id, id), isNull(quarantine.resolvedAt)));
    },

    async countOpen(): Promise<number> {
      return db.$count(quarantine, isNull(quarantine.resolvedAt));
    },
  });
}

/** A message by its id, what was refused at the door by its key within the account. */
function isOpenOf(batchId: string) {
  return sql`${quarantine.resolvedAt} is null and (
    ${quarantine.messageId} in (select message_id from batch_item where batch_id = ${batchId})
    or (${quarantine.messageId} is null and (${quarantine.accountId}, ${quarantine.providerKey}) in (
      select batch.account_id, batch_item.provider_key from batch_item join batch on batch.id = batch_item.batch_id
      where batch_item.batch_id = ${batchId} and batch_item.outcome = 'quarantined')))`;
}

function toQuarantine(row: typeof quarantine.$inferSelect): QuarantineRow {
  return {
    id: row.id,
    accountId: row.accountId,
    messageId: row.messageId ?? undefined,
    batchId: row.batchId ?? undefined,
    label: row.label,
    stage: row.stage,
    failureType: row.failureType,
    reason: row.reason,
    createdAt: row.createdAt,
    resolvedAt: row.resolvedAt ?? undefined,
    resolution: row.resolution ?? undefined,
  };
}
