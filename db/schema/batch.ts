import { bigint, boolean, index, integer, pgTable, text } from 'drizzle-orm/pg-core';
import type { BatchKind, BatchState } from '../../src/domain/batch.ts';
import type { Priority } from '../../src/domain/priority.ts';
import { account } from './account.ts';
import { bytea, instant } from './columns.ts';

/** One pull or import. */
export const batch = pgTable(
  'batch',
  {
    id: text('id').primaryKey(),
    accountId: text('account_id')
      .notNull()
      .references(() => account.id),
    kind: text('kind').$type<BatchKind>().notNull(),
    state: text('state').$type<BatchState>().notNull().default('running'),
    reason: text('reason'),
    /** Sealed `BatchOrigin`, AAD `batch/origin/<id>`; null for pulls. */
    origin: bytea('origin'),
    /** For a person, without secrets: `folder /mail, 66 files`. */
    label: text('label').notNull(),
    maxConcurrentOperations: integer('max_concurrent_operations').notNull(),
    priority: text('priority').$type<Priority>(),
    /** The mailbox cursor after the last committed page; for imports. */
    cursor: text('cursor'),
    /** Committed pages: the next page to read has this number. */
    pages: integer('pages').notNull().default(0),
    exhausted: boolean('exhausted').notNull().default(false),
    expected: bigint('expected', { mode: 'number' }),
    createdAt: instant('created_at').notNull().defaultNow(),
    finishedAt: instant('finished_at'),
  },
  (t) => [
    index('batch_created').on(t.createdAt.desc(), t.id.desc()),
    index('batch_account_created').on(t.accountId, t.createdAt.desc(), t.id.desc()),
    index('batch_state').on(t.state),
  ],
);
