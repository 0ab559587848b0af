import { sql } from 'drizzle-orm';
import { boolean, doublePrecision, index, integer, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import type { AutomaticKind, MessageState, Outcome, Stage } from '../../src/domain/message.ts';
import type { Priority } from '../../src/domain/priority.ts';
import { account } from './account.ts';
import { instant } from './columns.ts';
import { source } from './source.ts';

/** Of a message that is still to be processed. */
export const UNFINISHED_STATES: readonly MessageState[] = ['parked', 'running', 'awaiting-approval'];

/** As SQL: a partial index is used where the same list stands in the query. */
export const UNFINISHED = `('${UNFINISHED_STATES.join("', '")}')`;

/** One delivery of a source to an account: identity, place in the chain, and what lists show. */
export const message = pgTable(
  'message',
  {
    /** `messageKey(accountId, providerKey)`; a random one when a mailbox that was read before holds that id. */
    id: text('id').primaryKey(),
    accountId: text('account_id')
      .notNull()
      .references(() => account.id),
    providerKey: text('provider_key').notNull(),
    sourceSha256: text('source_sha256')
      .notNull()
      .references(() => source.sha256),
    contentHash: text('content_hash').notNull(),
    batchId: text('batch_id'),
    label: text('label').notNull(),
    size: integer('size').notNull(),
    state: text('state').$type<MessageState>().notNull().default('parked'),
    stage: text('stage').$type<Stage>(),
    outcome: text('outcome').$type<Outcome>(),
    note: text('note'),
    parkedAt: instant('parked_at').notNull().defaultNow(),
    receivedAt: instant('received_at').notNull(),
    settledAt: instant('settled_at'),
    /** When its mailbox was seen to hold it no more; null: it is there, or nobody looked. */
    goneAt: instant('gone_at'),
    /** The last run that ended it, kept when it is reopened: an attempt of that run that comes late changes nothing. */
    endedByRun: text('ended_by_run'),
    subject: text('subject').notNull().default(''),
    fromName: text('from_name').notNull().default(''),
    fromAddress: text('from_address').notNull().default(''),
    messageIdHeader: text('message_id_header'),
    conversationId: text('conversation_id'),
    language: text('language'),
    automatic: text('automatic').$type<AutomaticKind>(),
    attachmentCount: integer('attachment_count').notNull().default(0),
    inlineAnswers: boolean('inline_answers').notNull().default(false),
    category: text('category'),
    confidence: doublePrecision('confidence'),
    /** Who chose the category; a person's choice wins over every later engine. */
    categoryBy: text('category_by'),
    priority: text('priority').$type<Priority>(),
    /** A person's choice wins over every later engine. */
    priorityBy: text('priority_by'),
    /** Until when somebody is to answer; null: nobody set a time. */
    answerDue: instant('answer_due'),
    summaryLine: text('summary_line'),
    /** What a person has to decide; null: nothing, or a person has. */
    needsPerson: text('needs_person'),
  },
  (t) => [
    uniqueIndex('message_account_provider_key').on(t.accountId, t.providerKey),
    index('message_received').on(t.receivedAt.desc(), t.id.desc()),
    index('message_account_received').on(t.accountId, t.receivedAt.desc(), t.id.desc()),
    index('message_category_received').on(t.category, t.receivedAt.desc(), t.id.desc()),
    index('message_priority_received').on(t.priority, t.receivedAt.desc(), t.id.desc()),
    index('message_state_received').on(t.state, t.receivedAt.desc(), t.id.desc()),
    index('message_outcome_received').on(t.outcome, t.receivedAt.desc(), t.id.desc()),
    index('message_conversation').on(t.conversationId, t.receivedAt),
    index('message_batch').on(t.batchId, t.state),
    index('message_parked').on(t.accountId, t.parkedAt).where(sql`${t.state} = 'parked'`),
    index('message_unfinished')
      .on(t.parkedAt, t.id)
      .where(sql`${t.state} in ${sql.raw(UNFINISHED)}`),
    index('message_needs_person')
      .on(t.receivedAt.desc(), t.id.desc())
      .where(sql`${t.needsPerson} is not null`),
    index('message_settled').on(t.settledAt),
    index('message_source').on(t.sourceSha256),
  ],
);
