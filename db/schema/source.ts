import { integer, pgTable, text } from 'drizzle-orm/pg-core';
import { bytea, instant } from './columns.ts';

/** Raw messages, each stored once however often and wherever it was delivered. */
export const source = pgTable('source', {
  sha256: text('sha256').primaryKey(),
  /** Sealed with AAD `source/bytes/<sha256>`. */
  bytes: bytea('bytes').notNull(),
  size: integer('size').notNull(),
  createdAt: instant('created_at').notNull().defaultNow(),
});
