import { index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { LearnedField } from '../../src/domain/learning.ts';
import { account } from './account.ts';
import { instant } from './columns.ts';
import { message } from './message.ts';

/** What people decided about mail of senders that nothing spoke against; the latest word on each message. */
export const senderDecision = pgTable(
  'sender_decision',
  {
    messageId: text('message_id')
      .notNull()
      .references(() => message.id, { onDelete: 'cascade' }),
    field: text('field').$type<LearnedField>().notNull(),
    accountId: text('account_id')
      .notNull()
      .references(() => account.id, { onDelete: 'cascade' }),
    /** As of `senderKeyOf`: `from:<address>`, `list:<id>@<domain>`, or either after `unproven:`. */
    sender: text('sender').notNull(),
    label: text('label').notNull(),
    decidedAt: instant('decided_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.messageId, t.field] }),
    index('sender_decision_account').on(t.accountId, t.decidedAt),
  ],
);
