import { sql } from 'drizzle-orm';
import type { Database } from '../client.ts';
import { audit, auditEntry, message, messageAlias, quarantine, tombstone } from '../schema/index.ts';
import { withPatience } from './with-patience.ts';

const TO_FATE = sql`case m.state
  when 'settled' then 'processed'
  when 'quarantined' then 'quarantined'
  when 'skipped' then 'skipped'
  when 'cancelled' then 'skipped'
  else 'unfinished' end`;

/** Once missing, or to be fetched again: only our rows, or a person, end that. A mailbox that leaves it alone by now does not. */
const IS_WANTED = sql`(e.fate = 'missing' or p.fate = 'missing' or q.resolution = 'retried')`;

/** What was doubted and is not what had its key: compared, it would still be that message. */
const IS_ANOTHER = sql`(e.doubted = false and e.message_id is distinct from coalesce(m.id, c.id))`;

/** Only what a pull passed by and is here now: not what a person asked for again, refused or deleted once more. */
const IS_HEALED = sql`(coalesce(m.id, c.id) is not null and case
  when e.doubted is null then q.resolution is distinct from 'retried' else ${IS_ANOTHER} end)`;

/** It could not be fetched to compare it, and waits for a person; or a person has said that it may be left alone. */
const OF_DOUBTED = sql`(case
  when q.id is not null and q.resolved_at is null then 'quarantined'
  when q.resolution = 'skipped' and q.created_at > coalesce(m.parked_at, c.parked_at, d.created_at, u.started_at) then 'skipped'
  else 'missing' end)`;

const DOUBTED =
  'its date or size is not that of the message that we have under its UID: the server seems to have been set back, and deals UIDs anew. An audit fetches and compares it';
const ANOTHER =
  'it bears the UID of another message: the server was set back without a new UIDVALIDITY. Have its operator give the folder one, or such mail is found by audits alone';

const SOME = {
  all: sql``,
  open: sql`and (e.fate = 'missing' or (e.fate = 'quarantined' and (e.message_id is null or e.doubted)))`,
  missing: sql`and e.fate = 'missing'`,
};

/**
 * Says of every entry, of those that are missing, or of those that are `open` (refused at the door, too), what became
 * of it. The order counts: our row of a message says more than what the mailbox thinks of it. Rows are joined by
 * their place: by their key, without statistics of this audit yet, each would be looked for among all of them.
 */
export async function compareEntries(
  db: Database,
  accountId: string,
  auditId: string,
  which: 'all' | 'open' | 'missing',
): Promise<void> {
  const some = SOME[which];
  const settled = which === 'all' ? sql`'missing'` : sql`case when f.is_healed then 'healed' else f.fate end`;
  await withPatience(db, (tx) =>
    tx.execute(sql`
    update ${auditEntry} as t set
      message_id = f.message_id,
      fate = case when t.fate = 'missing' and f.fate <> 'missing' then ${settled} else f.fate end,
      reason = f.reason
    from (
      select e.ctid as row, coalesce(m.id, c.id) as message_id, ${IS_HEALED} as is_healed,
        case
          when e.doubted then ${OF_DOUBTED}
          when m.id is not null then ${TO_FATE}
          when c.id is not null then 'skipped'
          when d.provider_key is not null then 'deleted'
          when q.resolved_at is null and q.id is not null then 'quarantined'
          when q.resolution = 'skipped' then 'skipped'
          when ${IS_WANTED} then 'missing'
          when e.reason is not null then 'skipped'
          when not e.passed then 'pending'
          else 'missing'
        end as fate,
        case
          when e.doubted and ${OF_DOUBTED} <> 'missing' then q.reason
          when e.doubted then coalesce(case when e.size is null then e.reason end, ${DOUBTED})
          when ${IS_ANOTHER} and coalesce(m.id, c.id) is not null then ${ANOTHER}
          when m.id is not null then m.note
          when c.id is not null then 'a copy of ' || c.id
          when d.provider_key is not null then 'deleted by ' || d.by
          when q.id is not null and q.resolution is distinct from 'retried' then q.reason
          when e.fate is null and e.reason is not null and p.fate = 'missing'
            then 'found missing by an earlier audit; by now: ' || e.reason
          else e.reason
        end as reason
      from ${auditEntry} e
      join ${audit} u on u.id = e.audit_id
      left join ${auditEntry} p on p.provider_key = e.provider_key and p.fate = 'missing' and p.audit_id = (
        select id from ${audit} where account_id = ${accountId} and state = 'completed' and id <> ${auditId}
        order by started_at desc limit 1)
      left join ${message} m on m.account_id = ${accountId} and m.provider_key = e.provider_key
      left join ${messageAlias} a on a.account_id = ${accountId} and a.provider_key = e.provider_key
      left join ${message} c on c.id = a.message_id
      left join ${tombstone} d on d.account_id = ${accountId} and d.provider_key = e.provider_key
      left join lateral (
        select * from ${quarantine} w
        where w.account_id = ${accountId} and w.provider_key = e.provider_key and w.message_id is null
        order by w.id desc limit 1
      ) q on true
      where e.audit_id = ${auditId} ${some}
    ) f
    where t.ctid = f.row`),
  );
}
