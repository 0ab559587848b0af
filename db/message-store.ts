import { and, eq, inArray, sql } from 'drizzle-orm';
import {
  type MessageState,
  type MessageView,
  type Outcome,
  PUT_ASIDE_STATES,
  type Stage,
} from '../src/domain/message.ts';
import type { MessageEnd } from '../src/domain/message-end.ts';
import type { Priority } from '../src/domain/priority.ts';
import { ServiceError } from '../src/domain/service-error.ts';
import type { Database } from './client.ts';
import { type Decided, insertDecided, toDecidedColumns } from './decided.ts';
import { findView } from './find-view.ts';
import { saveView } from './save-view.ts';
import { account, analysis, batch, message, source } from './schema/index.ts';
import { UNFINISHED, UNFINISHED_STATES } from './schema/message.ts';
import { type Ender, settleMessage } from './settle-message.ts';
import { translateFailures } from './translate-failures.ts';

/** By a person; no engine changes them. */
export interface Chosen {
  readonly chosenPriority: Priority | undefined;
  readonly chosenCategory: string | undefined;
}

export interface StoredSource extends Chosen {
  readonly sha256: string;
  readonly sealed: Uint8Array;
  readonly receivedAt: Date;
  readonly account: { readonly id: string; readonly name: string; readonly address: string };
  /** undefined: there is something to do. */
  readonly ended: MessageEnd | undefined;
  /** Its account asks for its mailbox to be told when it has ended. */
  readonly marks: boolean;
}

export interface StoredAnalysis extends Decided {
  readonly decidedAt: Date;
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

const CHOSEN = {
  category: message.category,
  categoryBy: message.categoryBy,
  priority: message.priority,
  priorityBy: message.priorityBy,
};

export type MessageStore = ReturnType<typeof createMessageStore>;

/** What the steps of a run read and write. Every write may be repeated. */
export function createMessageStore(db: Database) {
  return translateFailures({
    /** Its key in the mailbox that it was pulled from; undefined: it was imported, or is gone. */
    async findPulledKey(messageId: string): Promise<string | undefined> {
      const [row] = await db
        .select({ providerKey: message.providerKey })
        .from(message)
        .innerJoin(batch, eq(batch.id, message.batchId))
        .where(and(eq(message.id, messageId), eq(batch.kind, 'pull')));
      return row?.providerKey;
    },

    async getSource(messageId: string): Promise<StoredSource> {
      const [row] = await db
        .select({
          sha256: source.sha256,
          sealed: source.bytes,
          receivedAt: message.receivedAt,
          account: { id: account.id, name: account.name, address: account.address },
          marks: sql<boolean>`${account.writeBack} is not null`,
          ...END,
          ...CHOSEN,
        })
        .from(message)
        .innerJoin(source, eq(source.sha256, message.sourceSha256))
        .innerJoin(account, eq(account.id, message.accountId))
        .where(eq(message.id, messageId));
      if (!row) throw new ServiceError('NotFound', `There is no message "${messageId}"`);
      const { sha256, sealed, receivedAt, marks } = row;
      return { sha256, sealed, receivedAt, marks, account: row.account, ended: toEnd(row), ...toChosen(row) };
    },

    /** How a message ended; undefined: it has not. */
    async findEnd(messageId: string): Promise<MessageEnd | undefined> {
      const [row] = await db.select(END).from(message).where(eq(message.id, messageId));
      if (!row) throw new ServiceError('NotFound', `There is no message "${messageId}"`);
      return toEnd(row);
    },

    saveView: (accountId: string, messageId: string, view: MessageView, decided?: Decided) =>
      saveView(db, accountId, messageId, view, decided),

    /** undefined: it has not been read yet. */
    findView: (messageId: string) => findView(db, messageId),

    async getView(messageId: string): Promise<MessageView> {
      const found = await findView(db, messageId);
      if (!found) throw new ServiceError('NotFound', `Message "${messageId}" has not been read yet`);
      return found;
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

    async getReceivedAt(messageId: string): Promise<Date> {
      const [row] = await db
        .select({ receivedAt: message.receivedAt })
        .from(message)
        .where(eq(message.id, messageId));
      if (!row) throw new ServiceError('NotFound', `There is no message "${messageId}"`);
      return row.receivedAt;
    },

    /** What a person chose, whatever the engines say. */
    async findChosen(messageId: string): Promise<Chosen> {
      const [row] = await db.select(CHOSEN).from(message).where(eq(message.id, messageId));
      return toChosen(row);
    },

    async changePriority(messageId: string, priority: Priority, by: string): Promise<void> {
      const left = sql`(select case when ${message.categoryBy} is null then classification ->> 'needsPerson' end
        from analysis where message_id = ${messageId})`;
      await db
        .update(message)
        .set({ priority, priorityBy: by, needsPerson: left })
        .where(eq(message.id, messageId));
    },

    /** A person is not unsure: the confidence is 1. Without `answerDue` the answer is due as before. */
    async changeCategory(
      messageId: string,
      category: string,
      by: string,
      answerDue?: Date | null,
    ): Promise<void> {
      const left = sql`(select case when ${message.priorityBy} is null then priority ->> 'needsPerson' end
        from analysis where message_id = ${messageId})`;
      await db
        .update(message)
        .set({ category, confidence: 1, categoryBy: by, needsPerson: left, answerDue })
        .where(eq(message.id, messageId));
    },

    /** Of a message that has ended it changes nothing: an attempt may come late. */
    async recordStage(messageId: string, stage: Stage, state: MessageState): Promise<void> {
      await db
        .update(message)
        .set({ stage, state })
        .where(and(eq(message.id, messageId), inArray(message.state, [...UNFINISHED_STATES])));
    },

    settle: (messageId: string, outcome: Outcome, note: string | undefined, ender: Ender = {}) =>
      settleMessage(db, messageId, outcome, note, ender),

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
            and state in ${['parked', ...PUT_ASIDE_STATES]}
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

function toChosen(row: Pick<typeof message.$inferSelect, keyof typeof CHOSEN> | undefined): Chosen {
  return {
    chosenPriority: row?.priorityBy ? (row.priority ?? undefined) : undefined,
    chosenCategory: row?.categoryBy ? (row.category ?? undefined) : undefined,
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
    decidedAt: row.analysis.updatedAt,
    effectivePriority: row.effectivePriority ?? undefined,
    effectiveCategory: row.effectiveCategory ?? undefined,
  };
}
