import type { UnfinishedRow } from '../db/orphan-store.ts';
import type {
  FindOrphansFacts,
  FindOrphansRequest,
  Orphan,
  OrphanPlace,
} from '../src/contract/activities.ts';
import { importWorkflowId, messageWorkflowId } from '../src/contract/workflow-ids.ts';
import type { ActivityDependencies, LiveRuns } from './dependencies.ts';
import { withHeartbeat } from './heartbeat.ts';

/** Rows that are looked at in one query. */
const ROWS = 1000;

/** Compares what has not ended with what runs: two lists, however many messages wait for a person. */
export async function findOrphans(
  deps: Pick<ActivityDependencies, 'orphans' | 'listLiveRuns'>,
  { graceMs, maxItems, after }: FindOrphansRequest,
): Promise<FindOrphansFacts> {
  const list = (limit: number, from: OrphanPlace | undefined) =>
    deps.orphans.listUnfinished({
      parkedForMs: graceMs,
      limit,
      ...(from && { after: { parkedAt: new Date(from.parkedAt), id: from.messageId } }),
    });
  return withHeartbeat(async (signal, beat) => {
    // Mostly nothing is under way for so long; then Temporal is not asked.
    if ((await list(1, after)).length === 0) return { orphans: [], next: undefined };
    // Before the rows are read: what ends in between has its end on record then.
    const live = await deps.listLiveRuns();
    const orphans: Orphan[] = [];
    let seen = 0;
    for (let from = after; ; ) {
      signal.throwIfAborted();
      const rows = await list(ROWS, from);
      for (const row of rows) {
        if (isTended(row, live)) continue;
        orphans.push(toOrphan(row));
        if (orphans.length >= maxItems) return { orphans, next: toPlace(row) };
      }
      const last = rows.at(-1);
      if (last === undefined || rows.length < ROWS) return { orphans, next: undefined };
      from = toPlace(last);
      seen += rows.length;
      beat(seen);
    }
  });
}

/** Only what is still parked may be waiting for its batch: that starts a message once. */
function isTended({ id, accountId, state, batch }: UnfinishedRow, live: LiveRuns): boolean {
  if (live.workflowIds.has(messageWorkflowId(accountId, id))) return true;
  if (state !== 'parked' || batch === undefined) return false;
  // The id of a pull that its schedule started ends with a time. One that has ended may have failed before it started all,
  // and another pull of the account is often at work when a sweep looks.
  if (batch.kind === 'pull') return batch.state === 'running' && live.pulledAccounts.has(accountId);
  return live.workflowIds.has(importWorkflowId(batch.id));
}

function toOrphan({ id, accountId, batch }: UnfinishedRow): Orphan {
  return {
    accountId,
    messageId: id,
    priority: batch?.kind === 'import' ? batch.priority : 'NORMAL',
  };
}

function toPlace({ id, parkedAt }: UnfinishedRow): OrphanPlace {
  return { parkedAt: parkedAt.toISOString(), messageId: id };
}
