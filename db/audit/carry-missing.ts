import { sql } from 'drizzle-orm';
import type { Database } from '../client.ts';
import { audit, auditEntry } from '../schema/index.ts';

/**
 * Of a list that is not whole nobody can say that what was missing has left the mailbox: it stays on the ledger. As not
 * passed, because it cannot be asked for.
 */
export async function carryMissing(db: Database, accountId: string, auditId: string): Promise<void> {
  await db.execute(sql`
    insert into ${auditEntry} (audit_id, provider_key, label, received_at, passed, fate, reason)
    select ${auditId}, provider_key, label, received_at, false, 'missing', 'its part of the mailbox could not be listed'
    from ${auditEntry} where fate = 'missing' and audit_id = (
      select id from ${audit} where account_id = ${accountId} and state = 'completed' and id <> ${auditId}
      order by started_at desc limit 1)
    on conflict do nothing`);
}
