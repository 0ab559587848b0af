import { sql } from 'drizzle-orm';
import type { Transaction } from './intake/intake-page.ts';
import {
  audit,
  auditEntry,
  batch,
  batchItem,
  message,
  messageAlias,
  quarantine,
  tombstone,
} from './schema/index.ts';
import { toAsideKey } from './to-aside-key.ts';

/**
 * Puts `<mark>/` before the keys of an account's mailbox, so that no message of another mailbox goes under one of them:
 * keys of IMAP name neither host nor user. No mailbox reads such a key as its own. What was imported keeps its key.
 */
export async function setKeysAside(tx: Transaction, accountId: string, mark: string): Promise<void> {
  // Each message has a row or more: a large account takes longer than other statements may.
  await tx.execute(sql`set local statement_timeout = '15min'`);
  const aside = toAsideKey(mark);
  const isPulled = sql`batch_id in (select id from ${batch} where account_id = ${accountId} and kind = 'pull')`;
  const isRefused = sql`message_id is null and provider_key is not null and ${isPulled}`;
  await tx.execute(
    sql`update ${batchItem} set provider_key = ${aside} where message_id is null and ${isPulled}`,
  );
  await tx.execute(
    sql`update ${quarantine} set provider_key = ${aside} where account_id = ${accountId} and ${isRefused}`,
  );
  await tx.execute(
    sql`update ${message} set provider_key = ${aside} where account_id = ${accountId} and ${isPulled}`,
  );
  // What was listed of that mailbox says nothing of this one: no later audit may take it for missing here.
  await tx.execute(sql`
    delete from ${auditEntry} where audit_id in (select id from ${audit} where account_id = ${accountId})`);
  for (const table of [messageAlias, tombstone]) {
    await tx.execute(sql`update ${table} set provider_key = ${aside} where account_id = ${accountId}`);
  }
}
