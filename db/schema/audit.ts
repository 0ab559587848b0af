import { index, integer, pgTable, text } from 'drizzle-orm/pg-core';
import type { AuditState } from '../../src/domain/audit.ts';
import { account } from './account.ts';
import { instant } from './columns.ts';

/** One comparison of a mailbox with our rows, and its totals. */
export const audit = pgTable(
  'audit',
  {
    id: text('id').primaryKey(),
    accountId: text('account_id')
      .notNull()
      .references(() => account.id),
    state: text('state').$type<AuditState>().notNull().default('running'),
    /** Why it failed. */
    reason: text('reason'),
    startedAt: instant('started_at').notNull().defaultNow(),
    finishedAt: instant('finished_at'),
    /** What the mailbox holds; the sum of the next seven. */
    listed: integer('listed').notNull().default(0),
    processed: integer('processed').notNull().default(0),
    unfinished: integer('unfinished').notNull().default(0),
    skipped: integer('skipped').notNull().default(0),
    quarantined: integer('quarantined').notNull().default(0),
    /** Deleted here, still there. */
    deleted: integer('deleted').notNull().default(0),
    /** Not read yet: the cursor has still to come to it. */
    pending: integer('pending').notNull().default(0),
    /** Passed by and in none of our rows. */
    missing: integer('missing').notNull().default(0),
    /** Of the missing, those that were fetched after all. */
    healed: integer('healed').notNull().default(0),
    /** Ours that the mailbox holds no more. */
    gone: integer('gone').notNull().default(0),
  },
  (t) => [index('audit_account_started').on(t.accountId, t.startedAt.desc())],
);
