import { index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { account } from './account.ts';
import { instant } from './columns.ts';

/** What was deleted here and may not come back, though its mailbox still holds it. */
export const tombstone = pgTable(
  'tombstone',
  {
    accountId: text('account_id')
      .notNull()
      .references(() => account.id),
    providerKey: text('provider_key').notNull(),
    contentHash: text('content_hash').notNull(),
    by: text('by').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
    /** Of what was deleted. */
    receivedAt: instant('received_at'),
    size: integer('size'),
  },
  (t) => [
    primaryKey({ columns: [t.accountId, t.providerKey] }),
    index('tombstone_content').on(t.accountId, t.contentHash),
  ],
);
