import { sql } from 'drizzle-orm';
import { index, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import type { MessageView } from '../../src/domain/message.ts';
import { tsvector } from './columns.ts';
import { message } from './message.ts';

/** The parts of a view that lists do not need. */
export type ViewDetails = Pick<
  MessageView,
  | 'to'
  | 'cc'
  | 'replyTo'
  | 'inReplyTo'
  | 'references'
  | 'automatic'
  | 'attachments'
  | 'pii'
  | 'events'
  | 'protection'
  | 'incomplete'
  | 'warnings'
  | 'signature'
  | 'forwardedFrom'
  | 'threat'
> & { readonly date: string | undefined };

/** What was read from a source: texts, details and the search document. */
export const messageBody = pgTable(
  'message_body',
  {
    messageId: text('message_id')
      .primaryKey()
      .references(() => message.id, { onDelete: 'cascade' }),
    subject: text('subject').notNull(),
    sender: text('sender').notNull(),
    text: text('text').notNull(),
    visibleText: text('visible_text').notNull(),
    html: text('html'),
    /** What the attachments say, for the search; each one's own is in `details`. */
    attachmentText: text('attachment_text').notNull().default(''),
    details: jsonb('details').$type<ViewDetails>().notNull(),
    /** Capped: a tsvector holds 1 MB. `simple`, because a mailbox holds many languages. */
    search: tsvector('search').generatedAlwaysAs(
      sql`setweight(to_tsvector('simple', left(subject, 2000)), 'A') || setweight(to_tsvector('simple', left(sender, 2000)), 'B') || setweight(to_tsvector('simple', left(visible_text, 50000)), 'C') || setweight(to_tsvector('simple', left(attachment_text, 50000)), 'D')`,
    ),
  },
  // Every search reads the pending list, 4 MB by default; without it each mail writes some 200 places of the index.
  (t) => [index('message_body_search').using('gin', t.search).with({ gin_pending_list_limit: 512 })],
);
