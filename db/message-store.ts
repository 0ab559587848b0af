import { and, eq, inArray, isNotNull, sql } from 'drizzle-orm';
import type { MessageState, MessageView, Outcome, Stage } from '../src/domain/message.ts';
import type { MessageEnd } from '../src/domain/message-end.ts';
import type { Priority } from '../src/domain/priority.ts';
import { ServiceError } from '../src/domain/service-error.ts';
import type { Database } from './client.ts';
import { type Decided, insertDecided, toDecidedColumns } from './decided.ts';
import { saveView } from './save-view.ts';
import { account, analysis, message, messageBody, source } from './schema/index.ts';
import { UNFINISHED, UNFINISHED_STATES } from './schema/message.ts';
import { translateFailures } from './translate-failures.ts';

export interface StoredSource {
  readonly sha256: string;
  readonly sealed: Uint8Array;
  readonly account: { readonly id: string; readonly name: string; readonly address: string };
  /** undefined: there is something to do. */
  readonly ended: MessageEnd | undefined;
  /** By a person; no engine changes them. */
  readonly chosenPriority: Priority | undefined;
  readonly chosenCategory: string | undefined;
}

export interface StoredAnalysis extends Decided {
  /** The priority in force: a person's, if one chose. */
  readonly effectivePriority: Priority | undefined;
  /** The category in force: a person's, if one chose. */
  readonly effectiveCategory: string | undefined;
}

const END = {
  state: message.state,
  outcome: message.outcome,
  category: message.category,
  priority: message.priority,
};

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
          ...END,
          priorityBy: message.priorityBy,
          categoryBy: message.categoryBy,
        })
        .from(message)
        .innerJoin(source, eq(source.sha256, message.sourceSha256))
        .innerJoin(account, eq(account.id, message.accountId))
        .where(eq(message.id, messageId));
      if (!row) throw new ServiceError('NotFound', `There is no message "${messageId}"`);
      const { sha256, sealed, category, priority, priorityBy, categoryBy } = row;
      return {
        sha256,
        sealed,
        account: row.account,
        ended: toEnd(row),
        chosenPriority: priorityBy === null ? undefined : (priority ?? undefined),
        chosenCategory: categoryBy === null ? undefined : (category ?? undefined),
      };
    },

    /** How a message ended; undefined: it has not. */
    async findEnd(messageId: string): Promise<MessageEnd | undefined> {
      const [row] = await db.select(END).from(message).where(eq(message.id, messageId));
      if (!row) throw new ServiceError('NotFound', `There is no message "${messageId}"`);
      return toEnd(row);
    },

    saveView: (accountId: string, messageId: string, view: MessageView, decided?: Decided) =>
      saveView(db, accountId, messageId, view, decided),

    async getView(messageId: string): Promise<MessageView> {
      const [row] = await db
        .select({ message, body: messageBody })
        .from(message)
        .innerJoin(messageBody, eq(messageBody.messageId, message.id))
        .where(eq(message.id, messageId));
      if (!row) throw new ServiceError('NotFound', `Message "${messageId}" has not been read yet`);
      return toView(row.message, row.body);
    },

    /** In the place of what was decided before. A priority that a person chose stays in force. */
    async saveDecided(
      messageId: string,
      decided: Decided,
      stage: Extract<Stage, 'consult' | 'summarize'>,
    ): Promise<void> {
      const rows = await db.execute(sql`
        with updated as (
          update message set ${toDecidedColumns(decided)}, stage = ${stage}
          where id = ${messageId} and state in ${sql.raw(UNFINISHED)} returning id
        )
        ${insertDecided(decided)} returning message_id`);
      if (rows.length > 0) return;
      throw new ServiceError('NotFound', `There is no message "${messageId}" that is still to be decided`);
    },

    /** undefined: nothing was decided since the message was read. */
    findAnalysis: (messageId: string) => findAnalysis(db, messageId),

    async getAnalysis(messageId: string): Promise<StoredAnalysis> {
      const found = await findAnalysis(db, messageId);
      if (!found) throw new ServiceError('NotFound', `Message "${messageId}" has not been decided yet`);
      return found;
    },

    /** What a person chose, whatever the engines say. */
    async findChosenPriority(messageId: string): Promise<Priority | undefined> {
      const [row] = await db
        .select({ priority: message.priority })
        .from(message)
        .where(and(eq(message.id, messageId), isNotNull(message.priorityBy)));
      return row?.priority ?? undefined;
    },

    async changePriority(messageId: string, priority: Priority, by: string): Promise<void> {
      const left = sql`(select case when ${message.categoryBy} is null then classification ->> 'needsPerson' end
        from analysis where message_id = ${messageId})`;
      await db
        .update(message)
        .set({ priority, priorityBy: by, needsPerson: left })
        .where(eq(message.id, messageId));
    },

    /** A person is not unsure: the confidence is 1. */
    async changeCategory(messageId: string, category: string, by: string): Promise<void> {
      const left = sql`(select case when ${message.priorityBy} is null then priority ->> 'needsPerson' end
        from analysis where message_id = ${messageId})`;
      await db
        .update(message)
        .set({ category, confidence: 1, categoryBy: by, needsPerson: left })
        .where(eq(message.id, messageId));
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
          note = ${note ?? null}, settled_at = now(),
          needs_person = case when ${outcome}::text in ('skipped', 'cancelled', 'sent', 'draft-rejected') then null
            else needs_person end
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

function toEnd(row: Pick<typeof message.$inferSelect, keyof typeof END>): MessageEnd | undefined {
  const { state, outcome, category, priority } = row;
  if (outcome === null || UNFINISHED_STATES.includes(state)) return undefined;
  return { outcome, category: category ?? undefined, priority: priority ?? undefined };
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

async function findAnalysis(db: Database, messageId: string): Promise<StoredAnalysis | undefined> {
  const [row] = await db
    .select({ analysis, effectivePriority: message.priority, effectiveCategory: message.category })
    .from(analysis)
    .innerJoin(message, eq(message.id, analysis.messageId))
    .where(eq(analysis.messageId, messageId));
  if (!row) return undefined;
  return {
    provenance: row.analysis.provenance,
    classification: row.analysis.classification,
    priority: row.analysis.priority,
    summary: row.analysis.summary,
    findings: row.analysis.findings,
    effectivePriority: row.effectivePriority ?? undefined,
    effectiveCategory: row.effectiveCategory ?? undefined,
  };
}
