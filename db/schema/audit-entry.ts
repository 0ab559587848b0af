import { boolean, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { EntryFate } from '../../src/domain/audit.ts';
import { audit } from './audit.ts';
import { instant } from './columns.ts';

/** What the mailbox listed and what became of it; kept until the audit after the account's next one. */
export const auditEntry = pgTable(
  'audit_entry',
  {
    auditId: text('audit_id')
      .notNull()
      .references(() => audit.id, { onDelete: 'cascade' }),
    providerKey: text('provider_key').notNull(),
    label: text('label').notNull(),
    receivedAt: instant('received_at'),
    /** Bytes, as the mailbox tells; 0: it does not. null: it never deals a key to another message. */
    size: integer('size'),
    passed: boolean('passed').notNull(),
    /** null: not compared yet. */
    fate: text('fate').$type<EntryFate>(),
    /** Why it is skipped, quarantined or missing. */
    reason: text('reason'),
    messageId: text('message_id'),
    /** Whether it may be another message than ours of this key. false: their contents were compared; null: no doubt. */
    doubted: boolean('doubted'),
  },
  (t) => [
    primaryKey({ columns: [t.auditId, t.providerKey] }),
    index('audit_entry_fate').on(t.auditId, t.fate),
  ],
);
