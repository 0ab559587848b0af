import { sql } from 'drizzle-orm';
import type { Database } from '../client.ts';
import { audit, auditEntry, quarantine } from '../schema/index.ts';
import { withPatience } from './with-patience.ts';

/** A day, with an audit every six hours: what is refused longer is for a person. */
const MOST_TRIES = 4;

/**
 * What the mailbox lists and would not hand over is asked for again, as if a person had said so: as the failure says, it
 * may have passed. What a pull has still to come to is left to that.
 */
export async function wantAgain(db: Database, accountId: string, auditId: string): Promise<void> {
  await withPatience(db, (tx) =>
    tx.execute(sql`
    update ${quarantine} w set resolution = 'retried', resolved_at = now()
    from ${auditEntry} e join ${audit} u on u.id = e.audit_id
    where e.audit_id = ${auditId} and e.passed and e.reason is null and w.account_id = ${accountId}
      and w.provider_key = e.provider_key and w.message_id is null and w.resolved_at is null
      and w.failure_type = 'Unavailable' and w.created_at < u.started_at
      and (select count(*) from ${quarantine} o where o.account_id = ${accountId}
        and o.provider_key = e.provider_key and o.message_id is null) < ${MOST_TRIES}`),
  );
}
