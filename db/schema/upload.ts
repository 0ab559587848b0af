import { integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { batch } from './batch.ts';
import { bytea } from './columns.ts';

/** Messages posted to the API, until their batch has parked them. */
export const upload = pgTable(
  'upload',
  {
    batchId: text('batch_id')
      .notNull()
      .references(() => batch.id, { onDelete: 'cascade' }),
    position: integer('position').notNull(),
    label: text('label').notNull(),
    /** Sealed RFC 5322 bytes, AAD `upload/bytes/<batchId>/<position>`. */
    bytes: bytea('bytes').notNull(),
  },
  (t) => [primaryKey({ columns: [t.batchId, t.position] })],
);
