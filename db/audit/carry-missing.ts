import { sql } from 'drizzle-orm';
import type { Database } from '../client.ts';
import { audit, auditEntry } from '../schema/index.ts';
import { storableText } from '../storable.ts';

/** What labels have behind their folder: `INBOX, UID 7`, `inbox, received 2026-03-01T10:00:00.000Z`. */
const TAIL = ', (UID [0-9]+|received [-0-9T:.+Z]+)$';

/**
 * Of what could not be listed nobody can say that what was missing has left it: it stays on the ledger. As not
 * passed, because it cannot be asked for. `unlisted`: the folders that could not be; undefined: there are none to tell.
 */
export async function carryMissing(
  db: Database,
  accountId: string,
  auditId: string,
  unlisted: readonly string[] | undefined,
): Promise<void> {
  const isUnlisted =
    unlisted === undefined
      ? sql`true`
      : sql`regexp_replace(label, ${TAIL}, '') = any(${sql.param(unlisted.map(storableText))})`;
  await db.execute(sql`
    insert into ${auditEntry} (audit_id, provider_key, label, received_at, passed, fate, reason, doubted)
    select ${auditId}, provider_key, label, received_at, false, 'missing', 'its part of the mailbox could not be listed: if that is gone for good, leave it out of the account', doubted
    from ${auditEntry} where fate = 'missing' and ${isUnlisted} and audit_id = (
      select id from ${audit} where account_id = ${accountId} and state = 'completed' and id <> ${auditId}
      order by started_at desc limit 1)
    on conflict do nothing`);
}
