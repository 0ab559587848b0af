import { sql } from 'drizzle-orm';
import { bigint, boolean, check, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import type {
  AccountKind,
  AccountLimits,
  AccountState,
  FilesSettings,
  GmailSettings,
  GraphSettings,
  ImapSettings,
  IngestMode,
  OAuthSettings,
  WriteBack,
} from '../../src/domain/account.ts';
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
    graph: jsonb('graph').$type<GraphSettings>(),
    gmail: jsonb('gmail').$type<GmailSettings>(),
    files: jsonb('files').$type<FilesSettings>(),
    oauth: jsonb('oauth').$type<OAuthSettings>(),
    writeBack: jsonb('write_back').$type<WriteBack>(),
    limits: jsonb('limits').$type<AccountLimits>(),
    push: boolean('push').notNull().default(true),
    /** Sealed with AAD `account/secret/<id>`. */
    secret: bytea('secret'),
    modelSeesPii: boolean('model_sees_pii').notNull().default(false),
    modelTokensPerDay: bigint('model_tokens_per_day', { mode: 'number' }),
    lastPullAt: instant('last_pull_at'),
    lastPullError: text('last_pull_error'),
    /** Pulls that failed since the last one that did not. */
    failures: integer('failures').notNull().default(0),
    /** When a pull came to the end of the mailbox; what comes later is not known to be read. */
    lastSyncedAt: instant('last_synced_at'),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (t) => [
    check('account_mode', sql`${t.mode} in ('manual', 'auto', 'hybrid')`),
    check('account_pull_every', sql`${t.pullEverySeconds} between 10 and 86400`),
  ],
);
