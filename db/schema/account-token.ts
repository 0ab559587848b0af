import { pgTable, text } from 'drizzle-orm/pg-core';
import { account } from './account.ts';
import { bytea, instant } from './columns.ts';

/** OAuth tokens of an account. Refreshed under a lock of the row. */
export const accountToken = pgTable('account_token', {
  accountId: text('account_id')
    .primaryKey()
    .references(() => account.id),
  /** Sealed, AAD `account_token/refresh/<account>`; null: the grant gives none. */
  refresh: bytea('refresh'),
  /** Sealed, AAD `account_token/access/<account>`. */
  access: bytea('access'),
  expiresAt: instant('expires_at'),
  updatedAt: instant('updated_at').notNull().defaultNow(),
});
