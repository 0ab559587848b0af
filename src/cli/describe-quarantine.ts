import type { BatchRow } from '../../db/batch-store.ts';
import type { Context } from '../open-context.ts';
import { renderTable } from './render-table.ts';

const SHOWN = 5;
const LATEST = 100;

/** The first messages that a batch put into quarantine, with their reasons; nothing when there is none. */
export async function describeQuarantine({ stores }: Context, batch: BatchRow): Promise<string[]> {
  if (batch.totals.quarantined === 0) return [];
  const rows = await stores.quarantine.list({ accountId: batch.accountId, open: true, limit: LATEST });
  const own = rows.filter((row) => row.batchId === batch.id);
  const shown = own.slice(0, SHOWN);
  return [
    '',
    renderTable(
      ['in quarantine', 'why'],
      shown.map(({ label, reason }) => [label, reason]),
    ),
    ...(batch.totals.quarantined > shown.length
      ? [`and ${batch.totals.quarantined - shown.length} more; see /quarantine in the browser`]
      : []),
  ];
}
