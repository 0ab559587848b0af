import { batchItem } from '../schema/index.ts';
import { acceptItems, type Outcomes } from './accept-items.ts';
import { avoidTakenIds } from './avoid-taken-ids.ts';
import { claimPage } from './claim-page.ts';
import { giveUpKeys } from './give-up-keys.ts';
import { insertInChunks } from './insert-in-chunks.ts';
import type { IntakeItem, IntakePage, ParkedPage, Transaction } from './intake-page.ts';
import { keepMissing } from './keep-missing.ts';
import { makeId } from './make-id.ts';
import { type ItemResult, recordTraces } from './record-traces.ts';
import { refuseRemoved } from './refuse-removed.ts';
import { settleDoubts } from './settle-doubts.ts';

/** Parks what was read and moves the cursor, all or nothing; answers what another attempt committed meanwhile. */
export async function parkPage(tx: Transaction, read: IntakePage): Promise<ParkedPage> {
  await refuseRemoved(tx, read.accountId);
  const { wanted, doubted } = await keepMissing(tx, read);
  const first = await claimPage(tx, wanted);
  if (first === undefined || typeof first === 'number') {
    await giveUpKeys(tx, read.accountId, read.givenUp ?? [], makeId());
  }
  if (first === undefined) {
    await recordTraces(tx, wanted, []);
    return { messageIds: [], items: 0, duplicates: 0, quarantined: 0, done: wanted.done };
  }
  if (typeof first !== 'number') return first;
  const page = await avoidTakenIds(tx, await settleDoubts(tx, wanted, doubted));
  const results = toResults(page.items, await acceptItems(tx, page));
  await insertInChunks(
    page.items.map((item, index) => ({
      batchId: page.batchId,
      position: first + index,
      page: page.page,
      providerKey: item.providerKey,
      label: item.label,
      ...(results[index] ?? { outcome: 'duplicate' as const, messageId: null }),
    })),
    (rows) => tx.insert(batchItem).values(rows),
  );
  await recordTraces(tx, page, results);
  return {
    messageIds: results.flatMap((r) => (r.outcome === 'accepted' && r.messageId ? [r.messageId] : [])),
    items: page.items.length,
    duplicates: results.filter((r) => r.outcome === 'duplicate').length,
    quarantined: results.filter((r) => r.outcome === 'quarantined').length,
    done: page.done,
  };
}

/** The same message twice in one page: the first is accepted, the second its duplicate. */
function toResults(items: readonly IntakeItem[], { inserted, owners }: Outcomes): ItemResult[] {
  const waiting = new Set(inserted);
  return items.map((item) => {
    if (item.kind === 'fault') return { outcome: 'quarantined', messageId: null };
    if (item.kind === 'known') return { outcome: 'duplicate', messageId: item.messageId };
    if (waiting.delete(item.messageId)) return { outcome: 'accepted', messageId: item.messageId };
    return { outcome: 'duplicate', messageId: owners.get(item.contentHash) ?? item.messageId };
  });
}
