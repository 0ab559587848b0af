import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addImport, countRows, newItem, pullPage } from './support/intake-pages.ts';
import { ACCOUNT, openStores, type TestStores } from './support/open-stores.ts';

let stores: TestStores;
beforeEach(async () => {
  stores = await openStores();
});
afterEach(() => stores.close());

const park = (keys: string[], page = 0) =>
  stores.intake.park(
    pullPage(
      keys.map((key) => newItem(key)),
      { batchId: 'import-1', kind: 'import', page, cursor: `${page}` },
    ),
  );

describe('a batch', () => {
  it('is there with its origin, its uploads and no totals yet', async () => {
    const uploads = [0, 1, 2].map((index) => ({ label: `u${index}`, bytes: Buffer.from([index, 0, 255]) }));
    await stores.batches.add(
      {
        id: 'b',
        accountId: ACCOUNT.id,
        label: 'upload',
        maxConcurrentOperations: 5,
        priority: 'HIGH',
        origin: Buffer.from('o'),
      },
      uploads,
    );
    expect(await stores.batches.get('b')).toMatchObject({
      kind: 'import',
      state: 'running',
      priority: 'HIGH',
      totals: { messages: 0, accepted: 0, running: 0 },
    });
    expect(Buffer.from((await stores.batches.findOrigin('b')) ?? []).toString()).toBe('o');
    const rows = await stores.batches.listUploads('b', 1, 5);
    expect(rows.map((row) => [row.position, row.label, [...row.bytes]])).toEqual([
      [1, 'u1', [1, 0, 255]],
      [2, 'u2', [2, 0, 255]],
    ]);
  });

  it('takes a thousand uploads, or none of them', async () => {
    const upload = { label: 'u', bytes: Buffer.from('x') };
    await addImport(stores, 'b0');
    const value = {
      accountId: ACCOUNT.id,
      label: 'l',
      maxConcurrentOperations: 5,
      priority: undefined,
      origin: Buffer.from('o'),
    };
    await stores.batches.add({ ...value, id: 'b1' }, Array(1000).fill(upload));
    expect(await countRows(stores, 'upload')).toBe(1000);
    const taken = stores.batches.add({ ...value, id: 'b0' }, [upload]);
    await expect(taken).rejects.toMatchObject({ type: 'Conflict' });
    expect(await countRows(stores, 'upload')).toBe(1000);
  });

  it('is NotFound when it is not there, and its origin undefined', async () => {
    await expect(stores.batches.get('none')).rejects.toMatchObject({ type: 'NotFound' });
    expect(await stores.batches.findOrigin('none')).toBeUndefined();
  });

  it('cannot be added for an account that is not there', async () => {
    await expect(addImport(stores, 'b', 'nobody')).rejects.toMatchObject({ type: 'NotFound' });
  });

  it('is paused and resumed until it ends; then a late record changes nothing', async () => {
    await addImport(stores, 'import-1');
    await stores.batches.changeState('import-1', 'paused');
    expect((await stores.batches.get('import-1')).state).toBe('paused');
    await stores.batches.finish('import-1', 'completed', undefined);
    const ended = await stores.batches.get('import-1');
    await stores.batches.changeState('import-1', 'running');
    await stores.batches.finish('import-1', 'failed', 'late');
    expect(await stores.batches.get('import-1')).toEqual(ended);
    expect(ended.finishedAt).toBeInstanceOf(Date);
  });

  it('is tuned in what is named and left alone otherwise', async () => {
    await addImport(stores, 'import-1');
    await stores.batches.tune('import-1', { priority: 'URGENT' });
    await stores.batches.tune('import-1', { maxConcurrentOperations: 77 });
    await stores.batches.tune('import-1', {});
    expect(await stores.batches.get('import-1')).toMatchObject({
      priority: 'URGENT',
      maxConcurrentOperations: 77,
    });
  });
});

describe('a cancelled batch', () => {
  it('accounts for what it parked and never started, and leaves the rest to its runs', async () => {
    await addImport(stores, 'import-1');
    const { messageIds } = await park(['waiting', 'running', 'done']);
    await stores.messages.recordStage(messageIds[1] ?? '', 'read', 'running');
    await stores.messages.settle(messageIds[2] ?? '', 'processed', undefined);
    await stores.batches.finish('import-1', 'cancelled', 'enough');

    expect(await stores.batches.get('import-1')).toMatchObject({
      state: 'cancelled',
      reason: 'enough',
      totals: { messages: 3, accepted: 3, cancelled: 1, running: 1, processed: 1 },
    });
    expect(await stores.messageList.get(messageIds[0] ?? '')).toMatchObject({
      state: 'cancelled',
      outcome: 'cancelled',
    });
  });

  it('does not cancel again what was reopened since', async () => {
    await addImport(stores, 'import-1');
    const { messageIds } = await park(['waiting']);
    await stores.batches.finish('import-1', 'cancelled', 'enough');
    await stores.messages.reopen(messageIds);
    await stores.batches.finish('import-1', 'cancelled', 'enough');
    expect((await stores.messageList.get(messageIds[0] ?? '')).state).toBe('parked');
  });

  it.each([
    ['completed', 0],
    ['cancelled', 1],
    ['failed', 1],
  ] as const)('that %s keeps %i of its uploads', async (state, kept) => {
    const value = {
      id: 'b',
      accountId: ACCOUNT.id,
      label: 'l',
      maxConcurrentOperations: 5,
      priority: undefined,
    };
    await stores.batches.add({ ...value, origin: Buffer.from('o') }, [
      { label: 'u', bytes: Buffer.from('x') },
    ]);
    await stores.batches.finish('b', state, 'a\u0000reason');
    expect(await countRows(stores, 'upload')).toBe(kept);
    expect((await stores.batches.get('b')).reason).toBe('a\ufffdreason');
  });
});

describe('posted mail', () => {
  it('that a cancelled batch never read stays, and is counted', async () => {
    const value = { accountId: ACCOUNT.id, label: 'l', maxConcurrentOperations: 5, priority: undefined };
    const upload = { label: 'u', bytes: Buffer.from('x') };
    await stores.batches.add({ ...value, id: 'import-1', origin: Buffer.from('o') }, Array(3).fill(upload));
    expect(await stores.batches.countUploads('import-1')).toBe(3);
    await stores.intake.park(
      pullPage([newItem('a')], { batchId: 'import-1', kind: 'import', page: 0, cursor: '1' }),
    );
    await stores.batches.finish('import-1', 'cancelled', 'enough');
    const left = await stores.batches.listUploads('import-1', 0, 5);
    expect(left.map(({ position }) => position)).toEqual([1, 2]);
    expect(await stores.batches.get('import-1')).toMatchObject({ expected: 3, totals: { messages: 1 } });
  });
});

describe('a failed batch', () => {
  it('is reopened, which no other end is', async () => {
    await addImport(stores, 'import-1');
    await stores.batches.finish('import-1', 'failed', 'The disk was away');
    await stores.batches.reopen('import-1');
    expect(await stores.batches.get('import-1')).toMatchObject({
      state: 'running',
      reason: undefined,
      finishedAt: undefined,
    });
    await stores.batches.finish('import-1', 'cancelled', undefined);
    await stores.batches.reopen('import-1');
    expect((await stores.batches.get('import-1')).state).toBe('cancelled');
  });
});

describe('what an earlier start left', () => {
  it('is its running imports, and for a start that waits also what has messages under way', async () => {
    for (const id of ['import-1', 'going', 'held', 'over']) await addImport(stores, id);
    await park(['a']);
    await stores.batches.finish('import-1', 'completed', undefined);
    await stores.batches.finish('over', 'completed', undefined);
    await stores.batches.changeState('held', 'paused');
    expect(await stores.batches.listRunningImports()).toEqual(['going']);
    expect((await stores.batches.listUnfinished()).sort()).toEqual(['going', 'import-1']);
  });
});

describe('the list of batches', () => {
  it('pages newest first without gaps or repeats, also over equal times', async () => {
    for (let index = 0; index < 11; index += 1) await addImport(stores, `b${String(index).padStart(2, '0')}`);
    await stores.sql`update batch set created_at = '2026-03-01T10:00:00.123Z' where id > 'b03'`;
    const seen: string[] = [];
    for (let after: { createdAt: Date; id: string } | undefined; ; ) {
      const rows = await stores.batches.list({ limit: 3, ...(after ? { after } : {}) });
      seen.push(...rows.map((row) => row.id));
      const last = rows.at(-1);
      if (last === undefined) break;
      after = { createdAt: last.createdAt, id: last.id };
    }
    expect(seen).toHaveLength(11);
    expect(seen.slice(4)).toEqual(['b10', 'b09', 'b08', 'b07', 'b06', 'b05', 'b04']);
    expect(new Set(seen).size).toBe(11);
    expect(await stores.batches.list({ accountId: 'another', limit: 3 })).toEqual([]);
  });
});
