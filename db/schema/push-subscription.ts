import { index, pgTable, text } from 'drizzle-orm/pg-core';
import { account } from './account.ts';
import { bytea, instant } from './columns.ts';

/** What a provider was asked to notify us of. */
export const pushSubscription = pgTable(
  'push_subscription',
  {
    accountId: text('account_id')
      .primaryKey()
      .references(() => account.id),
    /** The provider's id, or ids joined by commas; null: none is in force. */
    providerId: text('provider_id'),
    /** Sealed, AAD `push_subscription/client_state/<account>`. */
    clientState: bytea('client_state').notNull(),
    expiresAt: instant('expires_at'),
    renewedAt: instant('renewed_at'),
    lastError: text('last_error'),
  },
  (t) => [index('push_subscription_expires').on(t.expiresAt)],
);
