import { integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { LearnedField } from '../../src/domain/learning.ts';
import { account } from './account.ts';
import { bytea, instant } from './columns.ts';

/** What an account was taught about one field. Sealed: a dictionary finds many a word behind its hash. */
export const learnedModel = pgTable(
  'learned_model',
  {
    accountId: text('account_id')
      .notNull()
      .references(() => account.id, { onDelete: 'cascade' }),
    field: text('field').$type<LearnedField>().notNull(),
    /** Changes with every training; part of the provenance of each decision. */
    version: text('version').notNull(),
    rows: integer('rows').notNull(),
    /** Measured on rows held aside: accuracy, macroF1, ece. */
    figures: jsonb('figures').$type<Readonly<Record<string, number>>>().notNull(),
    body: bytea('body').notNull(),
    trainedAt: instant('trained_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.accountId, t.field] })],
);
