import { bigint, index, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import type { ExampleOrigin, LearnedField } from '../../src/domain/learning.ts';
import { account } from './account.ts';
import { bytea, instant } from './columns.ts';
import { message } from './message.ts';

/** One labelled row: hashes of its grams, sealed, never its text. Goes with the message it was made from. */
export const learnedExample = pgTable(
  'learned_example',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    accountId: text('account_id')
      .notNull()
      .references(() => account.id, { onDelete: 'cascade' }),
    field: text('field').$type<LearnedField>().notNull(),
    /** Hash of what was labelled: the same row taught again replaces itself. */
    key: text('key').notNull(),
    label: text('label').notNull(),
    /** Rows of one case are never split between learning and measuring. */
    caseKey: text('case_key').notNull(),
    origin: text('origin').$type<ExampleOrigin>().notNull(),
    messageId: text('message_id').references(() => message.id, { onDelete: 'cascade' }),
    grams: bytea('grams').notNull(),
    /** What an embedding model makes of the text, sealed; null where none was installed. */
    meaning: bytea('meaning'),
    taughtAt: instant('taught_at').notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex('learned_example_key').on(t.accountId, t.field, t.key),
    index('learned_example_origin').on(t.accountId, t.origin, t.taughtAt),
    index('learned_example_message').on(t.messageId),
  ],
);
