import type { Context } from '../open-context.ts';
import { renderTable } from './render-table.ts';

const SHOWN = 5;

/** The first of a batch's mail that is in quarantine, with reasons; nothing when there is none. */
export async function describeQuarantine({ stores }: Context, batchId: string): Promise<string[]> {
  const [count, shown] = await Promise.all([
    stores.quarantine.countOfBatch(batchId),
    stores.quarantine.listOfBatch(batchId, SHOWN),
  ]);
  if (count === 0) return [];
  return [
    '',
    renderTable(
      ['in quarantine', 'why'],
      shown.map(({ label, reason }) => [label, reason]),
    ),
    ...(count > shown.length ? [`and ${count - shown.length} more; see /quarantine in the browser`] : []),
  ];
}
