import { describe, expect, it } from 'vitest';
import type { LiveRuns } from '../../activities/dependencies.ts';
import type { OrphanStore, UnfinishedFilter, UnfinishedRow } from '../../db/orphan-store.ts';
import { ServiceError } from '../../src/domain/service-error.ts';
import { createFakes } from './support/fake-dependencies.ts';
import { fakeStore } from './support/fake-store.ts';
import { failureOf, runActivity } from './support/run-activity.ts';

const REQUEST = { graceMs: 120_000, maxItems: 200, after: undefined };
const NOBODY: LiveRuns = { workflowIds: new Set(), pulledAccounts: new Set() };

/** Parked one after another, by their numbers. */
function row(n: number, facts: Partial<UnfinishedRow> = {}): UnfinishedRow {
  const id = `m-${String(n).padStart(5, '0')}`;
  return {
    id,
    accountId: 'sales',
    state: 'running',
    parkedAt: new Date(Date.UTC(2026, 2, 1) + n),
    batch: undefined,
    ...facts,
  };
}

function openSweep(rows: readonly UnfinishedRow[], live: LiveRuns = NOBODY) {
  const asked: UnfinishedFilter[] = [];
  let listings = 0;
  const orphans = fakeStore<OrphanStore>('orphans', {
    async listUnfinished(filter) {
      asked.push(filter);
      const from = rows.filter(({ id }) => filter.after === undefined || id > filter.after.id);
      return from.slice(0, filter.limit);
    },
  });
  const { deps } = createFakes({
    orphans,
    async listLiveRuns() {
      listings += 1;
      return live;
    },
  });
  const find = (change: Partial<typeof REQUEST> = {}) =>
    runActivity(deps, 'findOrphans', { ...REQUEST, ...change });
  return { deps, asked, find, listings: () => listings };
}

const idsOf = ({ orphans }: { orphans: readonly { messageId: string }[] }) =>
  orphans.map(({ messageId }) => messageId);

describe('orphans', () => {
  it('are unfinished messages without a run', async () => {
    const live = { ...NOBODY, workflowIds: new Set(['message/sales/m-00002']) };
    const { find, asked } = openSweep([row(1), row(2), row(3, { state: 'awaiting-approval' })], live);
    expect(await find()).toEqual({
      orphans: [
        { accountId: 'sales', messageId: 'm-00001', priority: 'NORMAL' },
        { accountId: 'sales', messageId: 'm-00003', priority: 'NORMAL' },
      ],
      next: undefined,
    });
    expect(asked.every(({ parkedForMs }) => parkedForMs === REQUEST.graceMs)).toBe(true);
  });

  it('are not those that a live batch will still start, but those that it has started', async () => {
    const live = { workflowIds: new Set(['import/alive']), pulledAccounts: new Set(['pulled']) };
    const alive = { id: 'alive', kind: 'import', priority: undefined, state: 'running' } as const;
    const pull = { ...alive, id: 'pull-1', kind: 'pull' } as const;
    const { find } = openSweep(
      [
        row(1, { state: 'parked', batch: alive }),
        row(2, { state: 'running', batch: alive }),
        row(3, { state: 'parked', batch: { ...alive, id: 'gone' } }),
        row(4, { state: 'parked', batch: pull, accountId: 'pulled' }),
        row(5, { state: 'parked', batch: pull }),
        row(6, { state: 'parked' }),
        // Another pull of the account is at work; its own has failed.
        row(7, { state: 'parked', batch: { ...pull, state: 'failed' }, accountId: 'pulled' }),
      ],
      live,
    );
    expect(idsOf(await find())).toEqual(['m-00002', 'm-00003', 'm-00005', 'm-00006', 'm-00007']);
  });

  it('are started as their batch would start them', async () => {
    const batch = { id: 'b', kind: 'import', priority: undefined, state: 'running' } as const;
    const { find } = openSweep([
      row(1, { batch }),
      row(2, { batch: { ...batch, priority: 'HIGH' } }),
      row(3, { batch: { ...batch, kind: 'pull' } }),
    ]);
    const { orphans } = await find();
    expect(orphans.map(({ priority }) => priority)).toEqual([undefined, 'HIGH', 'NORMAL']);
  });

  it('come in pages, the next of which begins after the last', async () => {
    const { find } = openSweep([row(1), row(2), row(3)]);
    const first = await find({ maxItems: 2 });
    expect(idsOf(first)).toEqual(['m-00001', 'm-00002']);
    expect(first.next).toEqual({ parkedAt: '2026-03-01T00:00:00.002Z', messageId: 'm-00002' });
    const second = await runActivity(openSweep([row(1), row(2), row(3)]).deps, 'findOrphans', {
      ...REQUEST,
      after: first.next,
    });
    expect(second).toMatchObject({ orphans: [{ messageId: 'm-00003' }], next: undefined });
  });
});

describe('a search', () => {
  it('that finds nothing unfinished does not ask Temporal', async () => {
    const { find, asked, listings } = openSweep([]);
    expect(await find()).toEqual({ orphans: [], next: undefined });
    expect([asked.length, listings()]).toEqual([1, 0]);
  });

  it('among ten thousand drafts that wait asks Temporal once and Postgres a few times', async () => {
    const rows = Array.from({ length: 10_000 }, (_, n) => row(n, { state: 'awaiting-approval' }));
    const workflowIds = new Set(rows.slice(0, 9_999).map(({ id }) => `message/sales/${id}`));
    const { find, asked, listings } = openSweep(rows, { ...NOBODY, workflowIds });
    expect(idsOf(await find())).toEqual(['m-09999']);
    expect(listings()).toBe(1);
    expect(asked.length).toBeLessThan(15);
  });

  it('that Temporal does not answer is tried again', async () => {
    const { deps } = openSweep([row(1)]);
    const away = () => Promise.reject(new ServiceError('Unavailable', 'Temporal cannot be reached'));
    const failure = await failureOf(runActivity({ ...deps, listLiveRuns: away }, 'findOrphans', REQUEST));
    expect(failure).toMatchObject({ type: 'Unavailable', nonRetryable: false });
  });
});
