import type { QuarantineRow } from '../../db/quarantine-store.ts';
import { ServiceError } from '../../src/domain/service-error.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { isFetchable, retryQuarantined } from './retry-quarantined.ts';

type Needs = Pick<ApiDependencies, 'accounts' | 'batches' | 'messages' | 'quarantine' | 'controls'>;

const AT_ONCE = 10;
const PAGE = 200;

/** Runs up to `limit` open messages again, or fetches them once more. Stops at the first sign that Temporal is down. */
export async function retryAllQuarantined(
  deps: Needs,
  filter: { readonly accountId?: string },
  limit: number,
): Promise<{ retried: number; failed: { id: number; detail: string }[] }> {
  const entries = await listRunnable(deps, filter, limit);
  const failed: { id: number; detail: string }[] = [];
  for (let start = 0; start < entries.length; start += AT_ONCE) {
    const group = entries.slice(start, start + AT_ONCE);
    const faults = await Promise.all(group.map((entry) => retryOne(deps, entry)));
    failed.push(...faults.filter((fault) => fault !== undefined));
  }
  return { retried: entries.length - failed.length, failed };
}

async function retryOne(
  deps: Needs,
  entry: QuarantineRow,
): Promise<{ id: number; detail: string } | undefined> {
  try {
    await retryQuarantined(deps, entry);
    return undefined;
  } catch (error) {
    if (!(error instanceof ServiceError) || error.type === 'Unavailable') throw error;
    return { id: entry.id, detail: [error.message, error.fix].filter(Boolean).join('. ') };
  }
}

async function listRunnable(deps: Needs, filter: { readonly accountId?: string }, limit: number) {
  const found: QuarantineRow[] = [];
  // One batch may have left thousands: whether they can be fetched is asked once.
  const ofBatch = new Map<string | undefined, Promise<boolean>>();
  const canFetch = (row: QuarantineRow) => {
    const asked = ofBatch.get(row.batchId) ?? isFetchable(deps, row);
    ofBatch.set(row.batchId, asked);
    return asked;
  };
  let last: QuarantineRow | undefined;
  do {
    const rows = await deps.quarantine.list({
      ...filter,
      open: true,
      limit: PAGE,
      ...(last === undefined ? {} : { after: { createdAt: last.createdAt, id: last.id } }),
    });
    for (const row of rows) {
      if (row.messageId !== undefined || (await canFetch(row))) found.push(row);
    }
    last = rows.length === PAGE ? rows.at(-1) : undefined;
  } while (last !== undefined && found.length < limit);
  return found.slice(0, limit);
}
