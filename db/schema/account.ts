import { sql } from 'drizzle-orm';
import { bigint, boolean, check, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import type { AccountKind, AccountState, ImapSettings, IngestMode } from '../../src/domain/account.ts';
import { bytea, instant } from './columns.ts';

export const account = pgTable(
  'account',
  {
    id: text('id').primaryKey(),
    kind: text('kind').$type<AccountKind>().notNull(),
    name: text('name').notNull(),
    address: text('address').notNull(),
    mode: text('mode').$type<IngestMode>().notNull(),
    state: text('state').$type<AccountState>().notNull().default('active'),
    stateReason: text('state_reason'),
    pullEverySeconds: integer('pull_every_seconds').notNull().default(60),
    imap: jsonb('imap').$type<ImapSettings>(),
    /** Sealed with AAD `account/secret/<id>`. */
    secret: bytea('secret'),
    modelSeesPii: boolean('model_sees_pii').notNull().default(false),
    modelTokensPerDay: bigint('model_tokens_per_day', { mode: 'number' }),
    lastPullAt: instant('last_pull_at'),
    lastPullError: text('last_pull_error'),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (t) => [
    check('account_mode', sql`${t.mode} in ('manual', 'auto', 'hybrid')`),
    check('account_pull_every', sql`${t.pullEverySeconds} between 10 and 86400`),
  ],
);
