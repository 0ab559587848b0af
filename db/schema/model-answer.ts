import { index, pgTable, text } from 'drizzle-orm/pg-core';
import { bytea, instant } from './columns.ts';

/** What models answered, sealed, by the SHA-256 of the question and of every version that shaped it. */
export const modelAnswer = pgTable(
  'model_answer',
  {
    key: text('key').primaryKey(),
    sealed: bytea('sealed').notNull(),
    answeredAt: instant('answered_at').notNull().defaultNow(),
  },
  (t) => [index('model_answer_answered_at').on(t.answeredAt)],
);
