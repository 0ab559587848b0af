import { eq, inArray, sql } from 'drizzle-orm';
import type { Classification, PriorityDecision, Provenance, Summary } from '../src/domain/analysis.ts';
import type { MessageState, MessageView, Outcome, Stage } from '../src/domain/message.ts';
import type { Priority } from '../src/domain/priority.ts';
import { ServiceError } from '../src/domain/service-error.ts';
import type { Database } from './client.ts';
import { saveView } from './save-view.ts';
import { account, analysis, message, messageBody, source } from './schema/index.ts';
import { storableText, toJsonb } from './storable.ts';
import { translateFailures } from './translate-failures.ts';

export interface StoredSource {
  readonly sha256: string;
  readonly sealed: Uint8Array;
  readonly account: { readonly id: string; readonly name: string; readonly address: string };
}

export interface StoredAnalysis {
  readonly provenance: Provenance;
  readonly classification: Classification;
  readonly priority: PriorityDecision | undefined;
  readonly summary: Summary | undefined;
  /** The priority in force: a person's, if one chose. */
  readonly effectivePriority: Priority | undefined;
}

export type MessageStore = ReturnType<typeof createMessageStore>;

/** What the steps of a run read and write. Every write may be repeated. */
export function createMessageStore(db: Database) {
  return translateFailures({
    async getSource(messageId: string): Promise<StoredSource> {
      const [row] = await db
        .select({
          sha256: source.sha256,
          sealed: source.bytes,
          account: { id: account.id, name: account.name, address: account.address },
        })
        .from(message)
        .innerJoin(source, eq(source.sha256, message.sourceSha256))
        .innerJoin(account, eq(account.id, message.accountId))
        .where(eq(message.id, messageId));
      if (!row) throw new ServiceError('NotFound', `There is no message "${messageId}"`);
      return row;
    },

    saveView: (accountId: string, messageId: string, view: MessageView) =>
      saveView(db, accountId, messageId, view),

    async getView(messageId: string): Promise<MessageView> {
      const [row] = await db
        .select({ message, body: messageBody })
        .from(message)
        .innerJoin(messageBody, eq(messageBody.messageId, message.id))
        .where(eq(message.id, messageId));
      if (!row) throw new ServiceError('NotFound', `Message "${messageId}" has not been read yet`);
      return toView(row.message, row.body);
    },

    async saveClassification(
      messageId: string,
      provenance: Provenance,
      decided: Classification,
      stage: Extract<Stage, 'classify' | 'consult'>,
    ): Promise<void> {
      await db.execute(sql`
        with updated as (
          update message set category = ${decided.category}, confidence = ${decided.confidence}, stage = ${stage}
          where id = ${messageId}
        )
        insert into analysis (message_id, provenance, classification)
        values (${messageId}, ${JSON.stringify(provenance)}::jsonb, ${toJsonb(decided)}::jsonb)
        on conflict (message_id) do update set provenance = excluded.provenance,
          classification = excluded.classification, updated_at = now()`);
    },

    async getAnalysis(messageId: string): Promise<StoredAnalysis> {
      const [row] = await db
        .select({ analysis, effectivePriority: message.priority })
        .from(analysis)
        .innerJoin(message, eq(message.id, analysis.messageId))
        .where(eq(analysis.messageId, messageId));
      if (!row) throw new ServiceError('NotFound', `Message "${messageId}" has not been classified yet`);
      return {
        provenance: row.analysis.provenance,
        classification: row.analysis.classification,
        priority: row.analysis.priority ?? undefined,
        summary: row.analysis.summary ?? undefined,
        effectivePriority: row.effectivePriority ?? undefined,
      };
    },

    /** Answers the priority in force: a person's choice is kept. */
    async savePriority(messageId: string, decision: PriorityDecision): Promise<Priority> {
      const rows = await db.execute<{ priority: Priority }>(sql`
        with decided as (
          update analysis set priority = ${toJsonb(decision)}::jsonb, updated_at = now()
          where message_id = ${messageId}
        )
        update message set stage = 'prioritize',
          priority = case when priority_by is null then ${decision.priority} else priority end
        where id = ${messageId} returning priority`);
      const [row] = rows;
      if (!row) throw new ServiceError('NotFound', `There is no message "${messageId}"`);
      return row.priority;
    },

    async saveSummary(messageId: string, summary: Summary): Promise<void> {
      await db.execute(sql`
        with summarized as (
          update analysis set summary = ${toJsonb(summary)}::jsonb, updated_at = now()
          where message_id = ${messageId}
        )
        update message set stage = 'summarize', summary_line = ${storableText(summary.line)} where id = ${messageId}`);
    },

    async changePriority(messageId: string, priority: Priority, by: string): Promise<void> {
      await db.update(message).set({ priority, priorityBy: by }).where(eq(message.id, messageId));
    },

    async recordStage(messageId: string, stage: Stage, state: MessageState): Promise<void> {
      await db.update(message).set({ stage, state }).where(eq(message.id, messageId));
    },

    /**
     * A delivery that was unknown to the run may have been settled while the run ended. What is put aside has no draft
     * left to decide.
     */
    async settle(messageId: string, outcome: Outcome, note: string | undefined): Promise<void> {
      const known = sql`(select case v.state when 'SENT' then 'sent' else 'processed' end
        from draft d join delivery v on v.draft_id = d.id
        where d.message_id = ${messageId} and v.state in ('SENT', 'FAILED'))`;
      const ended = outcome === 'delivery-unknown' ? sql`coalesce(${known}, ${outcome})` : sql`${outcome}`;
      await db.execute(sql`
        with withdrawn as (
          update draft set state = 'expired', decided_by = ${note ?? outcome}, decided_at = now()
          where message_id = ${messageId} and state = 'pending' and ${outcome}::text in ('skipped', 'cancelled')
        )
        update message set state = ${toState(outcome)}, stage = 'settled', outcome = ${ended},
          note = ${note ?? null}, settled_at = now()
        where id = ${messageId}`);
    },

    /**
     * Makes ended messages ready for another run. Answers those that were changed. A draft that was withdrawn with its
     * message goes, so that the run proposes anew.
     */
    async reopen(messageIds: readonly string[]): Promise<string[]> {
      if (messageIds.length === 0) return [];
      const rows = await db.execute<{ id: string }>(sql`
        with reopened as (
          update message set state = 'parked', stage = null, outcome = null, note = null, settled_at = null,
            parked_at = now()
          where ${inArray(message.id, [...messageIds])}
            and state in ('quarantined', 'skipped', 'cancelled', 'parked')
          returning id
        ), dropped as (
          delete from draft d using reopened r where d.message_id = r.id and d.state = 'expired'
            and not exists (select from delivery v where v.draft_id = d.id)
        )
        select id from reopened`);
      return rows.map((row) => row.id);
    },
  });
}

function toState(outcome: Outcome): MessageState {
  if (outcome === 'skipped' || outcome === 'cancelled' || outcome === 'quarantined') return outcome;
  return 'settled';
}

function toView(row: typeof message.$inferSelect, body: typeof messageBody.$inferSelect): MessageView {
  const { date, ...details } = body.details;
  return {
    ...details,
    subject: row.subject,
    from: { name: row.fromName, address: row.fromAddress },
    messageIdHeader: row.messageIdHeader ?? undefined,
    inReplyTo: details.inReplyTo,
    date: date === undefined ? undefined : new Date(date),
    text: body.text,
    visibleText: body.visibleText,
    inlineAnswers: row.inlineAnswers,
    html: body.html ?? undefined,
    language: row.language ?? 'und',
  };
}
