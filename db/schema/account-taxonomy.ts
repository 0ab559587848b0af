import { pgTable, text } from 'drizzle-orm/pg-core';
import { account } from './account.ts';
import { instant } from './columns.ts';

/** The categories of an account that has its own; without a row those of the whole house are in force. */
export const accountTaxonomy = pgTable('account_taxonomy', {
  accountId: text('account_id')
    .primaryKey()
    .references(() => account.id, { onDelete: 'cascade' }),
  /** As it was written, comments and all; checked before it was stored. */
  yaml: text('yaml').notNull(),
  /** Changes with what it says. */
  version: text('version').notNull(),
  changedAt: instant('changed_at').notNull().defaultNow(),
});
