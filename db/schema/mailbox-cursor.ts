import { pgTable, text } from 'drizzle-orm/pg-core';
import { account } from './account.ts';
import { instant } from './columns.ts';

/** How far an account was read. Moves in the transaction that parks what was read. */
export const mailboxCursor = pgTable('mailbox_cursor', {
  accountId: text('account_id')
    .primaryKey()
    .references(() => account.id),
  cursor: text('cursor').notNull(),
  updatedAt: instant('updated_at').notNull().defaultNow(),
});
