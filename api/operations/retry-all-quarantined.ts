import type { QuarantineRow } from '../../db/quarantine-store.ts';
import { ServiceError } from '../../src/domain/service-error.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { fetchAgain } from './fetch-again.ts';
import { restartMessage } from './restart-message.ts';
import { isFetchable } from './retry-quarantined.ts';

type Needs = Pick<ApiDependencies, 'accounts' | 'batches' | 'messages' | 'quarantine' | 'controls'>;

export interface RetryAllRequest {
  readonly accountId?: string;
  /** The most entries; absent: all that there are. */
  readonly limit?: number;
  /** How many were tried so far. */
  readonly onProgress?: (tried: number) => void;
  /** Ends it after those that are being retried. */
  readonly signal?: AbortSignal;
}

export interface RetriedAll {
  readonly retried: number;
  readonly failed: readonly { readonly id: number; readonly detail: string }[];
  /** Came from files: they have to be imported again. */
  readonly left: number;
}

type Failure = RetriedAll['failed'][number];

const AT_ONCE = 10;
const PAGE = 200;

/**
 * Runs the messages of open entries again, or fetches them once more, the newest first and each once: what fails again
 * meanwhile is a new entry. Stops at the first sign that Temporal is down.
 */
export async function retryAllQuarantined(deps: Needs, request: RetryAllRequest = {}): Promise<RetriedAll> {
  const { accountId, limit = Number.POSITIVE_INFINITY, onProgress, signal } = request;
  const failed: Failure[] = [];
  const canFetch = rememberFetchable(deps);
  let tried = 0;
  let left = 0;
  let last: QuarantineRow | undefined;
  do {
    const rows: QuarantineRow[] = await deps.quarantine.list({
      ...(accountId === undefined ? {} : { accountId }),
      open: true,
      limit: PAGE,
      ...(last === undefined ? {} : { after: { createdAt: last.createdAt, id: last.id } }),
    });
    const runnable: QuarantineRow[] = [];
    for (const row of rows) {
      if (row.messageId !== undefined || (await canFetch(row))) runnable.push(row);
      else left += 1;
    }
    for (const group of toGroups(runnable.slice(0, limit - tried))) {
      if (signal?.aborted === true) break;
      failed.push(...(await retryGroup(deps, group)));
      tried += group.length;
      onProgress?.(tried);
    }
    last = rows.length === PAGE ? rows.at(-1) : undefined;
  } while (last !== undefined && tried < limit && signal?.aborted !== true);
  return { retried: tried - failed.length, failed, left };
}

/** A few messages each; what is to be fetched for one account goes together, which tells its audit once. */
function toGroups(rows: readonly QuarantineRow[]): QuarantineRow[][] {
  const refused = new Map<string, QuarantineRow[]>();
  const stored: QuarantineRow[] = [];
  for (const row of rows) {
    if (row.messageId !== undefined) stored.push(row);
    else refused.set(row.accountId, [...(refused.get(row.accountId) ?? []), row]);
  }
  const groups = [...refused.values()];
  for (let from = 0; from < stored.length; from += AT_ONCE) groups.push(stored.slice(from, from + AT_ONCE));
  return groups;
}

async function retryGroup(deps: Needs, group: readonly QuarantineRow[]): Promise<Failure[]> {
  const [first] = group;
  if (first !== undefined && first.messageId === undefined) {
    const ids = group.map(({ id }) => id);
    return collect(ids, fetchAgain(deps, first.accountId, ids));
  }
  const all = group.map(({ id, accountId, messageId = '' }) =>
    collect([id], restartMessage(deps, { accountId, messageId })),
  );
  return (await Promise.all(all)).flat();
}

async function collect(ids: readonly number[], work: Promise<void>): Promise<Failure[]> {
  try {
    await work;
    return [];
  } catch (error) {
    if (!(error instanceof ServiceError) || error.type === 'Unavailable') throw error;
    const detail = [error.message, error.fix].filter(Boolean).join('. ');
    return ids.map((id) => ({ id, detail }));
  }
}

/** One batch may have left thousands: whether they can be fetched is asked once. */
function rememberFetchable(deps: Needs): (row: QuarantineRow) => Promise<boolean> {
  const ofBatch = new Map<string | undefined, Promise<boolean>>();
  return (row) => {
    const asked = ofBatch.get(row.batchId) ?? isFetchable(deps, row);
    ofBatch.set(row.batchId, asked);
    return asked;
  };
}
