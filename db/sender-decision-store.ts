import { desc, eq, sql } from 'drizzle-orm';
import type { LearnedField } from '../src/domain/learning.ts';
import type { Database } from './client.ts';
import { senderDecision } from './schema/index.ts';
import { translateFailures } from './translate-failures.ts';

export interface SenderDecisionRow {
  readonly accountId: string;
  readonly messageId: string;
  readonly sender: string;
  readonly field: LearnedField;
  readonly label: string;
}

export type SenderDecisionStore = ReturnType<typeof createSenderDecisionStore>;

/** What people decided, by sender. */
export function createSenderDecisionStore(db: Database) {
  return translateFailures({
    /** A later word on the same message replaces the earlier one. */
    async save(row: SenderDecisionRow): Promise<void> {
      await db
        .insert(senderDecision)
        .values(row)
        .onConflictDoUpdate({
          target: [senderDecision.messageId, senderDecision.field],
          set: { sender: row.sender, label: row.label, decidedAt: sql`now()` },
        });
    },

    /** The latest first. */
    async list(accountId: string, most: number): Promise<SenderDecisionRow[]> {
      return db
        .select({
          accountId: senderDecision.accountId,
          messageId: senderDecision.messageId,
          sender: senderDecision.sender,
          field: senderDecision.field,
          label: senderDecision.label,
        })
        .from(senderDecision)
        .where(eq(senderDecision.accountId, accountId))
        .orderBy(desc(senderDecision.decidedAt), desc(senderDecision.messageId))
        .limit(most);
    },

    /** Changes when what people decided does; empty when they decided nothing. */
    async getState(accountId: string): Promise<string> {
      const [row] = await db.execute<{ state: string }>(sql`
        select 'senders:' || count(*) || ':' || extract(epoch from max(decided_at)) as state from sender_decision
        where account_id = ${accountId} having count(*) > 0`);
      return row?.state ?? '';
    },
  });
}
