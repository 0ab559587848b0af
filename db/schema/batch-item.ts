import { index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { IntakeOutcome } from '../../src/domain/batch.ts';
import { batch } from './batch.ts';

/** What became of each item at the door. `position` counts within the batch, from 0. */
export const batchItem = pgTable(
  'batch_item',
  {
    batchId: text('batch_id')
      .notNull()
      .references(() => batch.id, { onDelete: 'cascade' }),
    position: integer('position').notNull(),
    page: integer('page').notNull(),
    providerKey: text('provider_key').notNull(),
    label: text('label').notNull(),
    outcome: text('outcome').$type<IntakeOutcome>().notNull(),
    /** The message accepted, or the one that this is a duplicate of. */
    messageId: text('message_id'),
  },
  (t) => [
    primaryKey({ columns: [t.batchId, t.position] }),
    index('batch_item_page').on(t.batchId, t.page),
    index('batch_item_outcome').on(t.batchId, t.outcome),
  ],
);
