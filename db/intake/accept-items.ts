import { message, quarantine, source } from '../schema/index.ts';
import { byKey } from './by-key.ts';
import { insertInChunks } from './insert-in-chunks.ts';
import type { IntakePage, NewItem, Transaction } from './intake-page.ts';
import { passContentWindow } from './pass-content-window.ts';
import { refuseDeleted } from './refuse-deleted.ts';

export interface Outcomes {
  /** Ids of the messages that this page added. */
  readonly inserted: ReadonlySet<string>;
  /** The message that stands for a content hash; empty when the window is off. */
  readonly owners: ReadonlyMap<string, string>;
}

/** Stores what is new; the rest of the page is duplicates and faults. */
export async function acceptItems(tx: Transaction, page: IntakePage): Promise<Outcomes> {
  const fresh = await refuseDeleted(tx, page, distinct(page.items.filter((item) => item.kind === 'new')));
  const owners = await passContentWindow(tx, page, fresh);
  const accepted = fresh.filter(
    (item) => (owners.get(item.contentHash) ?? item.messageId) === item.messageId,
  );
  // One order for all: two pages that share sources or keys must not lock them crosswise.
  const sources = [...new Map(accepted.map((item) => [item.sha256, item])).values()].sort(byKey('sha256'));
  await insertInChunks(sources, (rows) =>
    tx
      .insert(source)
      .values(rows.map((item) => ({ sha256: item.sha256, bytes: item.sealed, size: item.size })))
      .onConflictDoNothing(),
  );
  const inserted = new Set<string>();
  await insertInChunks(accepted.sort(byKey('providerKey')), async (rows) => {
    const done = await tx
      .insert(message)
      .values(rows.map((item) => toMessageRow(page, item)))
      .onConflictDoNothing()
      .returning({ id: message.id });
    for (const row of done) inserted.add(row.id);
  });
  const faults = page.items.filter((item) => item.kind === 'fault').sort(byKey('providerKey'));
  await insertInChunks(faults, (rows) =>
    tx
      .insert(quarantine)
      .values(
        rows.map(({ kind, ...item }) => ({
          ...item,
          accountId: page.accountId,
          batchId: page.batchId,
          stage: 'intake' as const,
        })),
      )
      .onConflictDoNothing(),
  );
  return { inserted, owners };
}

/** The first of each key, in the page's order. */
function distinct(items: readonly NewItem[]): NewItem[] {
  const keys = new Set<string>();
  return items.filter(({ providerKey }) => !keys.has(providerKey) && keys.add(providerKey));
}

function toMessageRow(page: IntakePage, item: NewItem): typeof message.$inferInsert {
  return {
    id: item.messageId,
    accountId: page.accountId,
    providerKey: item.providerKey,
    sourceSha256: item.sha256,
    contentHash: item.contentHash,
    batchId: page.batchId,
    label: item.label,
    size: item.size,
    receivedAt: item.receivedAt,
  };
}
