import { index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { account } from './account.ts';
import { instant } from './columns.ts';
import { message } from './message.ts';

/** Other identities of a message in its mailbox: second copies of it. */
export const messageAlias = pgTable(
  'message_alias',
  {
    accountId: text('account_id')
      .notNull()
      .references(() => account.id),
    providerKey: text('provider_key').notNull(),
    messageId: text('message_id')
      .notNull()
      .references(() => message.id, { onDelete: 'cascade' }),
    why: text('why').$type<'duplicate'>().notNull(),
    /** Of the copy itself. */
    receivedAt: instant('received_at'),
    size: integer('size'),
  },
  (t) => [
    primaryKey({ columns: [t.accountId, t.providerKey] }),
    index('message_alias_message').on(t.messageId),
  ],
);
