import { pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

/** The content seen lately in an account: a second copy within the window is a duplicate. */
export const contentWindow = pgTable(
  'content_window',
  {
    accountId: text('account_id').notNull(),
    contentHash: text('content_hash').notNull(),
    messageId: text('message_id').notNull(),
    seenAt: instant('seen_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.accountId, t.contentHash] })],
);
