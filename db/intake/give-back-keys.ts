import { sql } from 'drizzle-orm';
import { message } from '../schema/index.ts';
import { storableText } from '../storable.ts';
import type { Transaction } from './intake-page.ts';

interface Copy {
  readonly providerKey: string;
  readonly messageId: string;
}

/**
 * A copy under the very key that its message gave up is that message: its server had told of an older state, and is back.
 * What is written back to the mailbox finds it again. Answers the others.
 */
export async function giveBackKeys<T extends Copy>(
  tx: Transaction,
  accountId: string,
  copies: readonly T[],
): Promise<T[]> {
  if (copies.length === 0) return [];
  const keys = copies.map(({ providerKey }) => storableText(providerKey));
  const ids = copies.map(({ messageId }) => messageId);
  const rows = await tx.execute<{ key: string }>(sql`
    update ${message} m set provider_key = c.key, gone_at = null
    from unnest(${sql.param(keys)}::text[], ${sql.param(ids)}::text[]) as c (key, id)
    where m.account_id = ${accountId} and m.id = c.id and right(m.provider_key, length(c.key) + 1) = '/' || c.key
    returning c.key`);
  const back = new Set(rows.map(({ key }) => key));
  return copies.filter(({ providerKey }) => !back.has(storableText(providerKey)));
}
