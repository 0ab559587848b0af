import { pgTable, text } from 'drizzle-orm/pg-core';
import { account } from './account.ts';
import { instant } from './columns.ts';

/** The last wait that a provider asked for. In force while no pull has come to an end since it was asked for. */
export const providerWait = pgTable('provider_wait', {
  accountId: text('account_id')
    .primaryKey()
    .references(() => account.id, { onDelete: 'cascade' }),
  askedAt: instant('asked_at').notNull(),
  until: instant('until').notNull(),
  reason: text('reason').notNull(),
});
