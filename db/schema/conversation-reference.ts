import { index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';

/** Which conversation a Message-ID belongs to, also for mail that we never saw ourselves. */
export const conversationReference = pgTable(
  'conversation_reference',
  {
    accountId: text('account_id').notNull(),
    messageIdHeader: text('message_id_header').notNull(),
    conversationId: text('conversation_id').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.accountId, t.messageIdHeader] }),
    index('conversation_reference_conversation').on(t.conversationId),
  ],
);
