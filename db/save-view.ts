import { sql } from 'drizzle-orm';
import type { MessageView } from '../src/domain/message.ts';
import type { Database } from './client.ts';
import type { ViewDetails } from './schema/message-body.ts';
import { storableText, toJsonb } from './storable.ts';

/** A mail names its ancestors; so many of them are enough to find its conversation. */
const MAX_REFERENCES = 30;

/**
 * Stores what was read and puts the message into its conversation (RFC 5322 3.6.4), in one statement. Every
 * Message-ID it names is claimed by upsert in one order, so that replies that come before their parent, or side by
 * side, meet; conversations that turn out to be one are joined afterwards.
 */
export async function saveView(
  db: Database,
  accountId: string,
  messageId: string,
  view: MessageView,
): Promise<void> {
  const claimed = await db.execute<{ conversation_id: string }>(sql`
    with claimed as (${toClaim(accountId, messageId, view)}),
    updated as (
      update message set subject = ${storableText(view.subject)}, from_name = ${storableText(view.from.name)},
        from_address = ${storableText(view.from.address)},
        message_id_header = ${view.messageIdHeader === undefined ? null : storableText(view.messageIdHeader)},
        language = ${view.language}, automatic = ${view.automatic.kind},
        attachment_count = ${view.attachments.length}, inline_answers = ${view.inlineAnswers},
        conversation_id = coalesce((select min(conversation_id) from claimed where conversation_id <> ${messageId}), ${messageId}),
        state = 'running', stage = 'read'
      where id = ${messageId}
    ),
    stored as (
      insert into message_body (message_id, subject, sender, text, visible_text, html, details)
      values (${messageId}, ${storableText(view.subject)},
        ${storableText(`${view.from.name} ${view.from.address}`)}, ${storableText(view.text)},
        ${storableText(view.visibleText)}, ${view.html === undefined ? null : storableText(view.html)},
        ${toJsonb(toDetails(view))}::jsonb)
      on conflict (message_id) do update set subject = excluded.subject, sender = excluded.sender,
        text = excluded.text, visible_text = excluded.visible_text, html = excluded.html, details = excluded.details
    )
    select distinct conversation_id from claimed order by 1`);
  const found = claimed.map((row) => row.conversation_id);
  const into = found.find((id) => id !== messageId);
  if (into !== undefined && found.length > 1) await join(db, into, found);
}

function toClaim(
  accountId: string,
  messageId: string,
  view: Pick<MessageView, 'messageIdHeader' | 'inReplyTo' | 'references'>,
) {
  const named = [view.messageIdHeader, view.inReplyTo, ...view.references.slice(-MAX_REFERENCES)];
  const ids = [
    ...new Set(named.flatMap((id) => (id === undefined || id === '' ? [] : [storableText(id)]))),
  ].sort();
  if (ids.length === 0) return sql`select null::text as conversation_id where false`;
  const rows = sql.join(
    ids.map((id) => sql`(${accountId}, ${id}, ${messageId})`),
    sql`, `,
  );
  return sql`insert into conversation_reference (account_id, message_id_header, conversation_id) values ${rows}
    on conflict (account_id, message_id_header) do update set account_id = excluded.account_id
    returning conversation_id`;
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

function toDetails(view: MessageView): ViewDetails {
  return {
    to: view.to,
    cc: view.cc,
    replyTo: view.replyTo,
    inReplyTo: view.inReplyTo,
    references: view.references,
    automatic: view.automatic,
    attachments: view.attachments,
    pii: view.pii,
    warnings: view.warnings,
    date: view.date?.toISOString(),
  };
}
