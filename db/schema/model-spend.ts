import { bigint, date, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { account } from './account.ts';

/** What the models of an account took in one day, UTC; calls under way count with what they were reckoned to take. */
export const modelSpend = pgTable(
  'model_spend',
  {
    accountId: text('account_id')
      .notNull()
      .references(() => account.id, { onDelete: 'cascade' }),
    day: date('day').notNull(),
    tokens: bigint('tokens', { mode: 'number' }).notNull().default(0),
    calls: integer('calls').notNull().default(0),
    /** Calls that were not made because nothing was left. */
    refused: integer('refused').notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.accountId, t.day] })],
);
