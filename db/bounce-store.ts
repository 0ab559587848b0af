import { eq, sql } from 'drizzle-orm';
import { type BouncedRecipient, type BounceReport, hasFailed } from '../src/domain/bounce.ts';
import type { Database } from './client.ts';
import { delivery, deliveryBounce, draft } from './schema/index.ts';
import { toJsonb } from './storable.ts';
import { translateFailures } from './translate-failures.ts';

/** One report that a delivery came back. */
export interface BounceRow {
  /** The message that reports it. */
  readonly messageId: string;
  readonly reportedAt: Date;
  /** Those whom it did not reach, as the report names them. */
  readonly recipients: readonly BouncedRecipient[];
}

/** The reply that a report is about. */
export interface BouncedReply {
  readonly draftId: string;
  /** Of the message that was answered. */
  readonly messageId: string;
  readonly subject: string;
}

/** What a query of deliveries selects beside them; read it with `toBounceRows`. */
export const BOUNCES = sql<readonly (Omit<BounceRow, 'reportedAt'> & { reportedAt: string })[]>`(
  select coalesce(jsonb_agg(jsonb_build_object('messageId', b.message_id, 'reportedAt', b.reported_at,
    'recipients', b.recipients) order by b.reported_at, b.message_id), '[]')
  from delivery_bounce b where b.delivery_id = ${delivery.id})`;

export type BounceStore = ReturnType<typeof createBounceStore>;

/** Which of our deliveries came back. */
export function createBounceStore(db: Database) {
  return translateFailures({
    /**
     * Notes at a delivery of this account that it came back, when the report names its Message-ID, which we minted at
     * random and only its recipients saw. Any other report, and one of a delay or a success, changes nothing.
     */
    async record(accountId: string, messageId: string, report: BounceReport): Promise<void> {
      const recipients = report.recipients.filter(hasFailed);
      if (report.originalMessageId === undefined || recipients.length === 0) return;
      await db.execute(sql`
        insert into delivery_bounce (delivery_id, message_id, recipients)
        select v.id, ${messageId}, ${toJsonb(recipients)}::jsonb
        from delivery v join draft d on d.id = v.draft_id
        where v.message_id_header = ${report.originalMessageId} and d.account_id = ${accountId}
          and v.state in ('SENDING', 'SENT', 'UNKNOWN')
        on conflict (delivery_id, message_id) do update set recipients = excluded.recipients`);
    },

    /** The reply of ours that a message reports as undelivered. */
    async findReply(messageId: string): Promise<BouncedReply | undefined> {
      const [row] = await db
        .select({ draftId: draft.id, messageId: draft.messageId, subject: draft.subject })
        .from(deliveryBounce)
        .innerJoin(delivery, eq(delivery.id, deliveryBounce.deliveryId))
        .innerJoin(draft, eq(draft.id, delivery.draftId))
        .where(eq(deliveryBounce.messageId, messageId))
        .limit(1);
      return row;
    },
  });
}

export function toBounceRows(
  rows: readonly (Omit<BounceRow, 'reportedAt'> & { reportedAt: string })[],
): BounceRow[] {
  return rows.map((row) => ({ ...row, reportedAt: new Date(row.reportedAt) }));
}
