import { index, integer, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import type { DeliveryState } from '../../src/domain/delivery.ts';
import { instant } from './columns.ts';
import { draft } from './draft.ts';

/** One send of a draft; the row is committed before any socket opens. */
export const delivery = pgTable(
  'delivery',
  {
    id: text('id').primaryKey(),
    draftId: text('draft_id')
      .notNull()
      .references(() => draft.id, { onDelete: 'cascade' }),
    messageIdHeader: text('message_id_header').notNull(),
    state: text('state').$type<DeliveryState>().notNull(),
    attempts: integer('attempts').notNull().default(0),
    response: text('response'),
    settledBy: text('settled_by'),
    createdAt: instant('created_at').notNull().defaultNow(),
    updatedAt: instant('updated_at').notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex('delivery_draft').on(t.draftId),
    uniqueIndex('delivery_message_id_header').on(t.messageIdHeader),
    index('delivery_state').on(t.state),
  ],
);
