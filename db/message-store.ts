import { eq, inArray, sql } from 'drizzle-orm';
import type {
  Classification,
  Findings,
  PriorityDecision,
  Provenance,
  Summary,
} from '../src/domain/analysis.ts';
import type { MessageState, MessageView, Outcome, Stage } from '../src/domain/message.ts';
import type { Priority } from '../src/domain/priority.ts';
import { ServiceError } from '../src/domain/service-error.ts';
import type { Database } from './client.ts';
import { saveView } from './save-view.ts';
import { account, analysis, message, messageBody, source } from './schema/index.ts';
import { createStepWrites, type StoredSource } from './step-writes.ts';
import { storableText, toJsonb } from './storable.ts';
import { translateFailures } from './translate-failures.ts';

export interface StoredAnalysis {
  readonly provenance: Provenance;
  readonly classification: Classification;
  readonly priority: PriorityDecision | undefined;
  readonly summary: Summary | undefined;
  readonly findings: Findings | undefined;
  /** The priority in force: a person's, if one chose. */
  readonly effectivePriority: Priority | undefined;
}

export type MessageStore = ReturnType<typeof createMessageStore>;

/** What the steps of a run read and write. Every write may be repeated. */
export function createMessageStore(db: Database) {
  const writes = createStepWrites(db);
  return translateFailures({
    async getSource(messageId: string): Promise<StoredSource> {
      const found = await writes.getSource(messageId);
      if (found === undefined) throw new ServiceError('NotFound', `There is no message "${messageId}"`);
      return found;
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

    saveClassification: (
      messageId: string,
      provenance: Provenance,
      decided: Classification,
      stage: Extract<Stage, 'classify' | 'consult'>,
    ): Promise<void> => writes.saveClassification({ messageId, provenance, decided, stage }),

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
        findings: row.analysis.findings ?? undefined,
        effectivePriority: row.effectivePriority ?? undefined,
      };
    },

    /** Answers the priority in force: a person's choice is kept. */
    async savePriority(messageId: string, decision: PriorityDecision): Promise<Priority> {
      const inForce = await writes.savePriority({ messageId, decision });
      if (inForce === undefined) throw new ServiceError('NotFound', `There is no message "${messageId}"`);
      return inForce;
    },

    saveSummary: (messageId: string, summary: Summary, findings: Findings): Promise<void> =>
      writes.saveSummary({ messageId, summary, findings }),

    async changePriority(messageId: string, priority: Priority, by: string): Promise<void> {
      await db.update(message).set({ priority, priorityBy: by }).where(eq(message.id, messageId));
    },

    /** A person is not unsure: the confidence is 1. */
    async changeCategory(messageId: string, category: string, by: string): Promise<void> {
      await db
        .update(message)
        .set({ category, confidence: 1, categoryBy: by })
        .where(eq(message.id, messageId));
    },

    async recordStage(messageId: string, stage: Stage, state: MessageState): Promise<void> {
      await db.update(message).set({ stage, state }).where(eq(message.id, messageId));
    },

    settle: (messageId: string, outcome: Outcome, note: string | undefined): Promise<void> =>
      writes.settle({ messageId, outcome, note }),

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
