import { boolean, index, jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import type { DraftState } from '../../src/domain/draft.ts';
import type { Address } from '../../src/domain/message.ts';
import { instant } from './columns.ts';
import { message } from './message.ts';

/** Proposed replies, one a message. */
export const draft = pgTable(
  'draft',
  {
    id: text('id').primaryKey(),
    messageId: text('message_id')
      .notNull()
      .references(() => message.id, { onDelete: 'cascade' }),
    accountId: text('account_id').notNull(),
    state: text('state').$type<DraftState>().notNull(),
    sender: jsonb('sender').$type<Address>().notNull(),
    recipients: jsonb('recipients').$type<readonly Address[]>().notNull(),
    cc: jsonb('cc').$type<readonly Address[]>().notNull(),
    subject: text('subject').notNull(),
    text: text('text').notNull(),
    inReplyTo: text('in_reply_to'),
    references: jsonb('references').$type<readonly string[]>().notNull(),
    hash: text('hash').notNull(),
    automatic: boolean('automatic').notNull(),
    decidedBy: text('decided_by'),
    decidedAt: instant('decided_at'),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex('draft_message').on(t.messageId),
    index('draft_state_created').on(t.state, t.createdAt),
  ],
);
