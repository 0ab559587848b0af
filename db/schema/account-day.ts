import { bigint, date, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { account } from './account.ts';
import { instant } from './columns.ts';

/** What was taken in of an account on a UTC day. Written where the mail is parked. */
export const accountDay = pgTable(
  'account_day',
  {
    accountId: text('account_id')
      .notNull()
      .references(() => account.id),
    day: date('day', { mode: 'string' }).notNull(),
    messages: integer('messages').notNull().default(0),
    bytes: bigint('bytes', { mode: 'number' }).notNull().default(0),
    /** The last minute in which something was taken in, and how many messages in it: for the rate limit. */
    minute: instant('minute'),
    minuteMessages: integer('minute_messages').notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.accountId, t.day] })],
);
