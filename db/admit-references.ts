import { type SQL, sql } from 'drizzle-orm';
import type { MessageView } from '../src/domain/message.ts';
import { storableText, toJsonb } from './storable.ts';

/** Reply and forward prefixes of subjects, as src/mail/compose strips them, and the marks of lists. */
const PREFIXES =
  '^(\\s*(re|aw|antw|antwort|sv|vs|odp|r|rif|ris|res|rép|réf|ref|fw|fwd|wg|tr|rv|enc|i|vb|pd|doorst|回复|答复|转发|返信|転送|회신)(\\s?[[(^]\\s?\\d{1,3}\\s?[])]?)?\\s?[:：]\\s*|\\s*\\[[^]]{1,40}\\]\\s*)+';

/**
 * The common table `named`: those of `ids` whose conversation the sender may join. A Message-ID is no secret, so who names
 * one must be known there: have written in it, have been written to, or write under its subject.
 */
export function admitReferences(
  accountId: string,
  messageId: string,
  view: Pick<MessageView, 'from' | 'subject'>,
  ids: readonly string[],
): SQL {
  const address = storableText(view.from.address);
  const asRecipient = toJsonb([{ address }]);
  return sql`asked as (select id from jsonb_array_elements_text(${toJsonb(ids)}::jsonb) as n(id)),
    refused as (
      select known.conversation_id from (
        select distinct r.conversation_id from asked join conversation_reference r
          on r.account_id = ${accountId}::text and r.message_id_header = asked.id
      ) as known
      where known.conversation_id is distinct from (select conversation_id from message where id = ${messageId})
        and exists (select from message m where m.conversation_id = known.conversation_id)
        and not exists (
          select from message m left join message_body b on b.message_id = m.id
          where m.conversation_id = known.conversation_id and (
            m.from_address = ${address} or b.details->'to' @> ${asRecipient}::jsonb
            or b.details->'cc' @> ${asRecipient}::jsonb
            or ${toBase(sql`m.subject`)} = ${toBase(sql`${storableText(view.subject)}::text`)}
          )
        )
    ),
    named as (
      select id from asked where not exists (
        select from conversation_reference r join refused on refused.conversation_id = r.conversation_id
        where r.account_id = ${accountId}::text and r.message_id_header = asked.id
      )
    )`;
}

function toBase(subject: SQL): SQL {
  return sql`btrim(regexp_replace(lower(left(${subject}, 500)), ${PREFIXES}, ''))`;
}
