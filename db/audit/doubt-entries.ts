import { sql } from 'drizzle-orm';
import type { Database } from '../client.ts';
import { audit, auditEntry, message, messageAlias, quarantine, tombstone } from '../schema/index.ts';
import { withPatience } from './with-patience.ts';

/**
 * So many sizes that differ alone are looked into. Where more do, and most of all, it is the server that counts in
 * another way: line ends as one character, or by its own record.
 */
const MOST_SIZES = 100;

/** To the second, as INTERNALDATE; what is not known differs from nothing. */
const isSameDate = (at: string) =>
  sql.raw(`(e.received_at is null or ${at} is null
    or date_trunc('second', e.received_at) = date_trunc('second', ${at}))`);
const isSameSize = (size: string) => sql.raw(`(e.size = 0 or coalesce(${size}, 0) = 0 or e.size = ${size})`);

const doSizesCount = (date: string, size: string) =>
  sql.raw(`count(*) filter (where ${date} and not ${size}) <= ${MOST_SIZES}
    or count(*) filter (where ${date} and ${size}) >= count(*) filter (where ${date} and not ${size})`);

/**
 * Doubts what lies under a key of ours with another date or size than what we have: a server that was set back may deal
 * its keys anew. That is the message which was stored, or what the last audit knew for that message; only its content
 * tells for certain, so it is to be fetched. What was refused at the door has none: it is wanted again. Nor does a refusal
 * of before what we have count.
 */
export async function doubtEntries(db: Database, accountId: string, auditId: string): Promise<void> {
  await withPatience(db, (tx) =>
    tx.execute(sql`
    with facts as materialized (
      select e.ctid as row, r.id as refusal,
        k.at is not null or k.size is not null as is_known,
        ${isSameDate('k.at')} as is_known_date, ${isSameSize('k.size')} as is_known_size,
        p.provider_key is not null as is_seen,
        ${isSameDate('p.received_at')} as is_seen_date, ${isSameSize('p.size')} as is_seen_size
      from ${auditEntry} e
      join ${audit} u on u.id = e.audit_id
      left join ${message} m on m.account_id = ${accountId} and m.provider_key = e.provider_key
      left join ${messageAlias} a on a.account_id = ${accountId} and a.provider_key = e.provider_key
      left join ${message} c on c.id = a.message_id
      left join ${tombstone} d on d.account_id = ${accountId} and d.provider_key = e.provider_key
      left join lateral (
        select created_at, resolution from ${quarantine} w
        where coalesce(m.id, c.id, d.provider_key) is null
          and w.account_id = ${accountId} and w.provider_key = e.provider_key and w.message_id is null
        order by w.id desc limit 1
      ) q on true
      left join lateral (
        select id from ${quarantine} w
        where w.account_id = ${accountId} and w.provider_key = e.provider_key and w.message_id is null
          and w.resolved_at is null and w.created_at < coalesce(m.parked_at, c.parked_at, d.created_at, 'infinity')
      ) r on true
      left join ${auditEntry} p on p.provider_key = e.provider_key
        and p.fate is distinct from 'missing' and p.doubted is not true
        and p.message_id is not distinct from coalesce(m.id, c.id) and p.audit_id = (
          select id from ${audit} where account_id = ${accountId} and state = 'completed' and id <> ${auditId}
          order by started_at desc limit 1)
      cross join lateral (
        select
          case when m.id is not null then m.received_at when c.id is not null then a.received_at else d.received_at end as at,
          case when m.id is not null then m.size when c.id is not null then a.size else d.size end as size
      ) k
      where e.audit_id = ${auditId} and e.size is not null and q.resolution is distinct from 'retried'
        and coalesce(m.parked_at, c.parked_at, d.created_at, q.created_at) < u.started_at
    ),
    trust as materialized (
      select ${doSizesCount('is_known_date', 'is_known_size')} as known, ${doSizesCount('is_seen_date', 'is_seen_size')} as seen
      from facts
    ),
    doubted as (
      update ${auditEntry} t set doubted = true, passed = true
      from facts f, trust
      where t.ctid = f.row
        and not (f.is_known and f.is_known_date and f.is_known_size)
        and not case
          when f.is_seen then f.is_seen_date and (f.is_seen_size or not trust.seen)
          else not f.is_known or (f.is_known_date and (f.is_known_size or not trust.known))
        end
      returning f.refusal
    )
    -- by id: by key, and without statistics, each refusal would look through all that is doubted
    update ${quarantine} w set resolution = 'retried', resolved_at = now()
    from doubted where w.id = doubted.refusal`),
  );
}
