import { sql } from 'drizzle-orm';
import type { Database } from '../client.ts';
import { audit, auditEntry, batch, message, messageAlias } from '../schema/index.ts';
import { withPatience } from './with-patience.ts';

/**
 * The other way round: our rows that were pulled and that the mailbox holds no more under any of their keys. What was
 * parked while it was listed may have come too late for the list.
 */
export async function markGone(db: Database, accountId: string, auditId: string): Promise<void> {
  const isListed = sql`(
    exists (select from ${auditEntry} e where e.audit_id = ${auditId} and e.provider_key = m.provider_key)
    or exists (
      select from ${messageAlias} a join ${auditEntry} e on e.audit_id = ${auditId} and e.provider_key = a.provider_key
      where a.message_id = m.id)
  )`;
  await withPatience(db, (tx) =>
    tx.execute(sql`
    update ${message} m set gone_at = case when ${isListed} then null else coalesce(m.gone_at, now()) end
    from ${batch} b, ${audit} u
    where m.account_id = ${accountId} and b.id = m.batch_id and b.kind = 'pull'
      and u.id = ${auditId} and m.parked_at < u.started_at
      and (m.gone_at is null) <> ${isListed}`),
  );
}
