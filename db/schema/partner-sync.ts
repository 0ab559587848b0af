import { boolean, integer, pgTable, text } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';
import { message } from './message.ts';

/** What went to Odoo for a message. */
export const partnerSync = pgTable('partner_sync', {
  messageId: text('message_id')
    .primaryKey()
    .references(() => message.id, { onDelete: 'cascade' }),
  externalKey: text('external_key').notNull().unique(),
  model: text('model').notNull(),
  partnerId: integer('partner_id').notNull(),
  partnerCreated: boolean('partner_created').notNull(),
  recordId: integer('record_id').notNull(),
  url: text('url').notNull(),
  syncedAt: instant('synced_at').notNull().defaultNow(),
});
