import { index, pgTable, text } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

/** Notifications that were taken: a second copy does nothing. */
export const webhookReceipt = pgTable(
  'webhook_receipt',
  {
    /** SHA-256 of what makes the notification one, hex. */
    hash: text('hash').primaryKey(),
    receivedAt: instant('received_at').notNull().defaultNow(),
  },
  (t) => [index('webhook_receipt_received').on(t.receivedAt)],
);
