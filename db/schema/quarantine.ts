import { sql } from 'drizzle-orm';
import { bigserial, index, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import type { Stage } from '../../src/domain/message.ts';
import { account } from './account.ts';
import { instant } from './columns.ts';

/** What failed for good: at the door (`providerKey`, no message) or in a run (`messageId`). */
export const quarantine = pgTable(
  'quarantine',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    accountId: text('account_id')
      .notNull()
      .references(() => account.id),
    messageId: text('message_id'),
    batchId: text('batch_id'),
    providerKey: text('provider_key'),
    label: text('label').notNull(),
    stage: text('stage').$type<Stage | 'intake'>().notNull(),
    failureType: text('failure_type').notNull(),
    reason: text('reason').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
    resolvedAt: instant('resolved_at'),
    resolution: text('resolution').$type<'retried' | 'skipped'>(),
  },
  (t) => [
    index('quarantine_open').on(t.createdAt.desc(), t.id.desc()).where(sql`${t.resolvedAt} is null`),
    index('quarantine_item').on(t.accountId, t.providerKey),
    uniqueIndex('quarantine_open_message').on(t.messageId).where(sql`${t.resolvedAt} is null`),
    uniqueIndex('quarantine_open_item')
      .on(t.accountId, t.providerKey)
      .where(sql`${t.resolvedAt} is null and ${t.messageId} is null`),
  ],
);
