import { and, eq, inArray, or } from 'drizzle-orm';
import { tombstone } from '../schema/index.ts';
import { byKey } from './by-key.ts';
import { insertInChunks } from './insert-in-chunks.ts';
import type { IntakePage, NewItem, Transaction } from './intake-page.ts';

/**
 * Deleted here stays deleted, also when its mailbox hands it out again under another key. Whoever imports a file again
 * wants it back.
 */
export async function refuseDeleted(
  tx: Transaction,
  page: IntakePage,
  fresh: readonly NewItem[],
): Promise<NewItem[]> {
  if (page.kind === 'import' || fresh.length === 0) return [...fresh];
  const rows = await tx
    .select()
    .from(tombstone)
    .where(
      and(
        eq(tombstone.accountId, page.accountId),
        or(
          inArray(
            tombstone.providerKey,
            fresh.map(({ providerKey }) => providerKey),
          ),
          inArray(
            tombstone.contentHash,
            fresh.map(({ contentHash }) => contentHash),
          ),
        ),
      ),
    );
  if (rows.length === 0) return [...fresh];
  const keys = new Set(rows.map(({ providerKey }) => providerKey));
  const byContent = new Map(rows.map((row) => [row.contentHash, row]));
  const copies = fresh.filter(
    ({ providerKey, contentHash }) => !keys.has(providerKey) && byContent.has(contentHash),
  );
  // The ledger knows the copy by its own key.
  await insertInChunks([...copies].sort(byKey('providerKey')), (chunk) =>
    tx
      .insert(tombstone)
      .values(
        chunk.map(({ providerKey, contentHash, receivedAt, size }) => ({
          accountId: page.accountId,
          providerKey,
          contentHash,
          receivedAt,
          size,
          by: byContent.get(contentHash)?.by ?? 'mailroom',
        })),
      )
      .onConflictDoNothing(),
  );
  return fresh.filter(
    ({ providerKey, contentHash }) => !keys.has(providerKey) && !byContent.has(contentHash),
  );
}
