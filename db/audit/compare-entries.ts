import { sql } from 'drizzle-orm';
import type { Database } from '../client.ts';
import { auditEntry, message, messageAlias, quarantine, tombstone } from '../schema/index.ts';

const TO_FATE = sql`case m.state
  when 'settled' then 'processed'
  when 'quarantined' then 'quarantined'
  when 'skipped' then 'skipped'
  when 'cancelled' then 'skipped'
  else 'unfinished' end`;

/**
 * Says of every entry (or of some that were missing) what became of it. The order counts: our row of a message says more
 * than what the mailbox thinks of it.
 */
export async function compareEntries(
  db: Database,
  accountId: string,
  auditId: string,
  again?: readonly string[],
): Promise<void> {
  const some = again === undefined ? sql`` : sql`and e.provider_key = any(${sql.param([...again])})`;
  const healed = again === undefined ? sql`'missing'` : sql`'healed'`;
  await db.execute(sql`
    update ${auditEntry} as t set
      message_id = f.message_id,
      fate = case when t.fate = 'missing' and f.fate <> 'missing' then ${healed} else f.fate end,
      reason = f.reason
    from (
      select e.provider_key, coalesce(m.id, c.id) as message_id,
        case
          when m.id is not null then ${TO_FATE}
          when c.id is not null then 'skipped'
          when d.provider_key is not null then 'deleted'
          when q.resolved_at is null and q.id is not null then 'quarantined'
          when q.resolution = 'skipped' then 'skipped'
          when e.reason is not null then 'skipped'
          when not e.passed then 'pending'
          else 'missing'
        end as fate,
        case
          when m.id is not null then m.note
          when c.id is not null then 'a copy of ' || c.id
          when d.provider_key is not null then 'deleted by ' || d.by
          when q.id is not null then q.reason
          else e.reason
        end as reason
      from ${auditEntry} e
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
    where t.audit_id = ${auditId} and t.provider_key = f.provider_key`);
}
