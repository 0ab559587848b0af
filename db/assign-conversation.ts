import { sql } from 'drizzle-orm';
import type { MessageView } from '../src/domain/message.ts';
import type { Database } from './client.ts';

/** A mail names its ancestors; so many of them are enough to find its conversation. */
const MAX_REFERENCES = 30;

/**
 * Finds the conversation of a message by its own id and those it refers to (RFC 5322 3.6.4), whichever came first.
 * Replies that arrive before their parent, or side by side, end in one conversation: every id is claimed by upsert
 * in one order, and conversations that turn out to be one are joined.
 */
export async function assignConversation(
  db: Database,
  accountId: string,
  messageId: string,
  view: Pick<MessageView, 'messageIdHeader' | 'inReplyTo' | 'references'>,
): Promise<string> {
  const named = [view.messageIdHeader, view.inReplyTo, ...view.references.slice(-MAX_REFERENCES)];
  const ids = [...new Set(named.filter((id) => id !== undefined && id !== ''))].sort();
  if (ids.length === 0) return messageId;
  const rows = sql.join(
    ids.map((id) => sql`(${accountId}, ${id}, ${messageId})`),
    sql`, `,
  );
  const claimed = await db.execute<{ conversation_id: string }>(sql`
    insert into conversation_reference (account_id, message_id_header, conversation_id) values ${rows}
    on conflict (account_id, message_id_header) do update set account_id = excluded.account_id
    returning conversation_id`);
  const found = [...new Set(claimed.map((row) => row.conversation_id))].sort();
  const older = found.filter((id) => id !== messageId);
  const conversationId = older[0] ?? messageId;
  if (found.length > 1) await join(db, conversationId, found);
  return conversationId;
}

async function join(db: Database, into: string, all: readonly string[]): Promise<void> {
  const others = sql.join(
    all.filter((id) => id !== into).map((id) => sql`${id}`),
    sql`, `,
  );
  await db.execute(sql`
    with moved as (
      update conversation_reference set conversation_id = ${into} where conversation_id in (${others})
    )
    update message set conversation_id = ${into} where conversation_id in (${others})`);
}
