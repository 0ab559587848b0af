import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import type { BatchKind, BatchState } from '../src/domain/batch.ts';
import type { MessageState } from '../src/domain/message.ts';
import type { Priority } from '../src/domain/priority.ts';
import type { Database } from './client.ts';
import { batch, message } from './schema/index.ts';
import { UNFINISHED } from './schema/message.ts';
import { translateFailures } from './translate-failures.ts';

/** A message that has not ended. Whether a run is at work on it only Temporal knows. */
export interface UnfinishedRow {
  readonly id: string;
  readonly accountId: string;
  readonly state: MessageState;
  readonly parkedAt: Date;
  /** Undefined when it came without a batch, or its batch is gone. */
  readonly batch:
    | {
        readonly id: string;
        readonly kind: BatchKind;
        readonly priority: Priority | undefined;
        readonly state: BatchState;
      }
    | undefined;
}

export interface UnfinishedFilter {
  readonly parkedForMs: number;
  readonly limit: number;
  readonly after?: { readonly parkedAt: Date; readonly id: string };
}

export type OrphanStore = ReturnType<typeof createOrphanStore>;

/** What a sweep looks through. */
export function createOrphanStore(db: Database) {
  return translateFailures({
    /** Parked longest first. What waits in a batch that a person paused stays out: to resume it starts them. */
    async listUnfinished({ parkedForMs, limit, after }: UnfinishedFilter): Promise<UnfinishedRow[]> {
      const rows = await db
        .select({
          id: message.id,
          accountId: message.accountId,
          state: message.state,
          parkedAt: message.parkedAt,
          batch: { id: batch.id, kind: batch.kind, priority: batch.priority, state: batch.state },
        })
        .from(message)
        .leftJoin(batch, eq(batch.id, message.batchId))
        .where(
          and(
            inArray(message.state, sql.raw(UNFINISHED)),
            sql`${message.parkedAt} < now() - make_interval(secs => ${parkedForMs / 1000})`,
            sql`not (${message.state} = 'parked' and coalesce(${batch.state} = 'paused', false))`,
            after &&
              sql`(${message.parkedAt}, ${message.id}) > (${after.parkedAt.toISOString()}::timestamptz, ${after.id})`,
          ),
        )
        .orderBy(asc(message.parkedAt), asc(message.id))
        .limit(limit);
      return rows.map((row) => ({
        ...row,
        batch: row.batch === null ? undefined : { ...row.batch, priority: row.batch.priority ?? undefined },
      }));
    },
  });
}
