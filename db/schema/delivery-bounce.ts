import { index, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { BouncedRecipient } from '../../src/domain/bounce.ts';
import { instant } from './columns.ts';
import { delivery } from './delivery.ts';
import { message } from './message.ts';

/** A message that reports that one of our deliveries came back, by its Message-ID. The delivery stays what it was. */
export const deliveryBounce = pgTable(
  'delivery_bounce',
  {
    deliveryId: text('delivery_id')
      .notNull()
      .references(() => delivery.id, { onDelete: 'cascade' }),
    messageId: text('message_id')
      .notNull()
      .references(() => message.id, { onDelete: 'cascade' }),
    recipients: jsonb('recipients').$type<readonly BouncedRecipient[]>().notNull(),
    reportedAt: instant('reported_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.deliveryId, t.messageId] }),
    index('delivery_bounce_message').on(t.messageId),
  ],
);
