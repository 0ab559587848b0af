import { sql } from 'drizzle-orm';
import { index, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import type {
  Classification,
  Findings,
  PriorityDecision,
  Provenance,
  Summary,
} from '../../src/domain/analysis.ts';
import { instant } from './columns.ts';
import { message } from './message.ts';

/** Why each decision was made, with the version of everything that made it. */
export const analysis = pgTable(
  'analysis',
  {
    messageId: text('message_id')
      .primaryKey()
      .references(() => message.id, { onDelete: 'cascade' }),
    provenance: jsonb('provenance').$type<Provenance>().notNull(),
    classification: jsonb('classification').$type<Classification>().notNull(),
    priority: jsonb('priority').$type<PriorityDecision>().notNull(),
    summary: jsonb('summary').$type<Summary>().notNull(),
    findings: jsonb('findings').$type<Findings>().notNull(),
    updatedAt: instant('updated_at').notNull().defaultNow(),
  },
  (t) => [index('analysis_labels').using('gin', sql`(${t.classification} -> 'labels') jsonb_path_ops`)],
);
