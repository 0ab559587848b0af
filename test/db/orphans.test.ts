import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addImport, newItem, parkOne, pullPage, readAndPark } from './support/intake-pages.ts';
import { ACCOUNT, openStores, type TestStores } from './support/open-stores.ts';

let stores: TestStores;
beforeEach(async () => {
  stores = await openStores();
});
afterEach(() => stores.close());

const MINUTE = 60_000;
const PARKED_FOR = { parkedForMs: 2 * MINUTE, limit: 100 };

/** Parked so long ago. */
async function age(id: string, minutes: number): Promise<string> {
  await stores.sql`update message set parked_at = now() - make_interval(mins => ${minutes}) where id = ${id}`;
  return id;
}

async function parkInImport(key: string, minutes: number): Promise<string> {
  await readAndPark(stores, pullPage([newItem(key)], { batchId: 'import-1', kind: 'import' }));
  return age(newItem(key).messageId, minutes);
}

async function list(filter: Partial<Parameters<TestStores['orphans']['listUnfinished']>[0]> = {}) {
  const rows = await stores.orphans.listUnfinished({ ...PARKED_FOR, ...filter });
  return rows.map(({ id }) => id);
}

describe('what a sweep looks through', () => {
  it('is what was parked before the grace and has not ended, the oldest first', async () => {
    const states = ['parked', 'running', 'awaiting-approval'] as const;
    const open: string[] = [];
    for (const [n, state] of states.entries()) {
      const id = await age(await parkOne(stores, state), 30 - n);
      if (state !== 'parked') await stores.messages.recordStage(id, 'read', state);
      open.push(id);
    }
    await age(await parkOne(stores, 'fresh'), 1);
    for (const outcome of ['processed', 'skipped', 'cancelled'] as const) {
      await stores.messages.settle(await age(await parkOne(stores, outcome), 20), outcome, undefined);
    }
    const failed = await age(await parkOne(stores, 'failed'), 20);
    await stores.quarantine.addMessage({
      messageId: failed,
      stage: 'read',
      failureType: 'Internal',
      reason: 'r',
    });

    expect(await list()).toEqual(open);
  });

  it('comes back when it is made ready for another run, after the grace', async () => {
    const id = await age(await parkOne(stores, 'again'), 20);
    await stores.messages.settle(id, 'skipped', undefined);
    await stores.messages.reopen([id]);
    expect(await list()).toEqual([]);
    await age(id, 3);
    expect(await list()).toEqual([id]);
  });

  it('says who would start it', async () => {
    await addImport(stores, 'import-1');
    await stores.batches.tune('import-1', { priority: 'HIGH' });
    await parkInImport('imported', 20);
    await age(await parkOne(stores, 'pulled'), 10);
    await stores.sql`update message set batch_id = 'gone' where provider_key = 'pulled'`;
    await age(await parkOne(stores, 'pulled-too'), 5);

    expect(await stores.orphans.listUnfinished(PARKED_FOR)).toMatchObject([
      {
        accountId: ACCOUNT.id,
        state: 'parked',
        batch: { id: 'import-1', kind: 'import', priority: 'HIGH' },
      },
      { batch: undefined },
      { batch: { kind: 'pull', priority: undefined } },
    ]);
  });

  it('does not hold what waits in an import that a person paused, but what was started from it', async () => {
    await addImport(stores, 'import-1');
    const waiting = await parkInImport('waiting', 20);
    await stores.batches.changeState('import-1', 'paused');
    expect(await list()).toEqual([]);
    await stores.messages.recordStage(waiting, 'read', 'running');
    expect(await list()).toEqual([waiting]);
    await stores.messages.recordStage(waiting, 'read', 'parked');
    await stores.batches.changeState('import-1', 'running');
    expect(await list()).toEqual([waiting]);
  });

  it('is read page by page without a gap, also where many were parked in one moment', async () => {
    const keys = Array.from({ length: 25 }, (_, n) => newItem(`k${n}`));
    await readAndPark(stores, pullPage(keys));
    await stores.sql`update message set parked_at = '2026-03-01T10:00:00.123Z'`;
    const found: string[] = [];
    for (let after: { parkedAt: Date; id: string } | undefined; ; ) {
      const page = await stores.orphans.listUnfinished({ ...PARKED_FOR, limit: 10, ...(after && { after }) });
      found.push(...page.map(({ id }) => id));
      after = page.at(-1);
      if (page.length < 10) break;
    }
    expect(found).toHaveLength(25);
    expect(new Set(found)).toEqual(new Set(keys.map(({ messageId }) => messageId)));
  });
});
