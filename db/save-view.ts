import { type SQL, sql } from 'drizzle-orm';
import type { MessageView } from '../src/domain/message.ts';
import { admitReferences } from './admit-references.ts';
import type { Database } from './client.ts';
import { type Decided, insertDecided, toDecidedColumns } from './decided.ts';
import { UNFINISHED } from './schema/message.ts';
import type { ViewDetails } from './schema/message-body.ts';
import { storableText, toJsonb } from './storable.ts';

/** A mail names its ancestors; so many of them are enough to find its conversation. */
const MAX_REFERENCES = 30;
/** Longer ones do not fit into an index row and were not made by any mail program. */
const MAX_ID_CHARS = 500;

/**
 * Stores what was read and puts the message into its conversation (RFC 5322 3.6.4), with what was decided where that is
 * known: one statement, so that each index is written once. Every Message-ID it names is claimed by upsert in one order,
 * so that replies that come before their parent, or side by side, meet; conversations that turn out to be one are joined
 * afterwards. A message that has ended is left as it is, and one whose draft waits goes on waiting: an attempt that was
 * given up may come late. What was decided about an earlier reading stays until something else is.
 * @returns false: the message has ended.
 */
export async function saveView(
  db: Database,
  accountId: string,
  messageId: string,
  view: MessageView,
  decided?: Decided,
): Promise<boolean> {
  const ids = toIds(view);
  const rows = await db.execute<{ taken: boolean; conversation_id: string | null; named: string[] }>(sql`
    with ${admitReferences(accountId, messageId, view, ids)},
    claimed as (${toClaim(accountId, messageId)}),
    updated as (
      update message set subject = ${storableText(view.subject)}, from_name = ${storableText(view.from.name)},
        from_address = ${storableText(view.from.address)},
        message_id_header = ${view.messageIdHeader === undefined ? null : storableText(view.messageIdHeader)},
        language = ${view.language}, automatic = ${view.automatic.kind},
        attachment_count = ${view.attachments.length}, inline_answers = ${view.inlineAnswers},
        conversation_id = coalesce((select min(conversation_id) from claimed), ${messageId}),
        ${decided === undefined ? sql`` : sql`${toDecidedColumns(decided)},`}
        state = case when state = 'parked' then 'running' else state end,
        stage = case when state = 'awaiting-approval' then stage else ${decided === undefined ? sql`'read'` : sql`'summarize'`} end
      where id = ${messageId} and state in ${sql.raw(UNFINISHED)}
      returning id
    ),
    ${decided === undefined ? sql`` : sql`decided as (${insertDecided(decided)}),`}
    stored as (
      insert into message_body (message_id, subject, sender, text, visible_text, html, attachment_text, details)
      select ${messageId}::text, ${storableText(view.subject)}::text,
        ${storableText(`${view.from.name} ${view.from.address}`)}::text, ${storableText(view.text)}::text,
        ${storableText(view.visibleText)}::text,
        ${view.html === undefined ? null : storableText(view.html)}::text,
        ${storableText(toAttachmentText(view))}::text, ${toJsonb(toDetails(view))}::jsonb
      from updated
      on conflict (message_id) do update set subject = excluded.subject, sender = excluded.sender,
        text = excluded.text, visible_text = excluded.visible_text, html = excluded.html,
        attachment_text = excluded.attachment_text, details = excluded.details
    )
    select distinct exists (select from updated) as taken, conversation_id,
      (select coalesce(jsonb_agg(id), '[]') from named) as named
    from (select 1) as one left join claimed on true order by 2`);
  const [first] = rows;
  if (first?.taken !== true) return false;
  const claimed = rows.flatMap(({ conversation_id: id }) => (id === null ? [] : [{ conversation_id: id }]));
  await join(db, accountId, first.named, claimed);
  return true;
}

function toIds(view: Pick<MessageView, 'messageIdHeader' | 'inReplyTo' | 'references'>): string[] {
  const named = [view.messageIdHeader, view.inReplyTo, ...view.references.slice(-MAX_REFERENCES)];
  const usable = named.filter((id) => id !== undefined && id !== '' && id.length <= MAX_ID_CHARS);
  return [...new Set(usable.map((id) => storableText(id ?? '')))].sort();
}

/** An id that is new joins the conversation of those that are known; without any it opens one of its own. */
function toClaim(accountId: string, messageId: string) {
  return sql`insert into conversation_reference (account_id, message_id_header, conversation_id)
    select ${accountId}::text, id, coalesce((
      select min(r.conversation_id) from named join conversation_reference r
        on r.account_id = ${accountId}::text and r.message_id_header = named.id
    ), ${messageId}::text)
    from named
    on conflict (account_id, message_id_header) do update set account_id = excluded.account_id
    returning conversation_id`;
}

/**
 * Joins conversations into the first of them. What another run adds to one of the others meanwhile shares an id with
 * it and is therefore committed before that id can be moved: looking again until nothing is left finds it.
 */
async function join(
  db: Database,
  accountId: string,
  ids: readonly string[],
  claimed: readonly { conversation_id: string }[],
): Promise<void> {
  const stale = new Set<string>();
  for (let found = claimed; found.length > 1; ) {
    const [into, ...others] = found.map((row) => row.conversation_id);
    if (into === undefined) return;
    for (const other of others) stale.add(other);
    const from = toList([...stale]);
    await db.execute(sql`
      with locked as materialized (
        select account_id, message_id_header from conversation_reference where conversation_id in (${from})
        order by account_id, message_id_header collate "C" for update
      ), moved as (
        update conversation_reference as r set conversation_id = ${into} from locked
        where r.account_id = locked.account_id and r.message_id_header = locked.message_id_header
      )
      update message set conversation_id = ${into}
      where conversation_id in (${from}) and (select count(*) from locked) >= 0`);
    found = await db.execute<{ conversation_id: string }>(sql`
      select conversation_id from conversation_reference
      where account_id = ${accountId} and message_id_header in (${toList(ids)})
      union select conversation_id from conversation_reference where conversation_id in (${from})
      union select conversation_id from message where conversation_id in (${from})
      order by 1`);
  }
}

function toList(values: readonly (string | SQL)[]): SQL {
  return sql.join(
    values.map((value) => sql`${value}`),
    sql`, `,
  );
}

function toAttachmentText({ attachments }: MessageView): string {
  return attachments.map(({ filename, content }) => `${filename}\n${content?.text ?? ''}`).join('\n\n');
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
    events: view.events,
    protection: view.protection,
    incomplete: view.incomplete,
    warnings: view.warnings,
    threat: view.threat,
    date: view.date?.toISOString(),
    ...(view.signature !== undefined && { signature: storableText(view.signature) }),
    ...(view.forwardedFrom !== undefined && { forwardedFrom: view.forwardedFrom }),
  };
}
