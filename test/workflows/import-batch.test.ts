import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ServiceError } from '../../src/domain/service-error.ts';
import { toPage } from '../support/fake-activities.ts';
import { childHandle, countRuns, holdMessages, startBatch } from '../support/run-batches.ts';
import { openWorkflowRoom, type WorkflowRoom } from '../support/run-workflows.ts';

let room: WorkflowRoom;
beforeAll(async () => {
  room = await openWorkflowRoom();
});
afterAll(() => room.stop());

const toIds = (name: string, count: number) => Array.from({ length: count }, (_, n) => `${name}-${n}`);

describe('a batch', () => {
  test('reads page by page, processes every message and finishes', async () => {
    const batch = await startBatch(room, 'whole', { pages: [['w1', 'w2'], [], ['w3']], max: 2 });
    await batch.result();
    expect(['w1', 'w2', 'w3'].map((id) => countRuns(room, id))).toEqual([1, 1, 1]);
    expect(room.fakes.requestsOf('fetchPage', 'whole')).toMatchObject([
      { batchId: 'whole', kind: 'import', page: 0 },
      { page: 1 },
      { page: 2 },
    ]);
    expect(room.fakes.recordsOf('finishBatch', 'whole')).toEqual([{ batchId: 'whole', state: 'completed' }]);
  });

  test('with nothing to read finishes', async () => {
    await (await startBatch(room, 'empty', { pages: [[]], max: 5 })).result();
    expect(room.fakes.recordsOf('finishBatch', 'empty')).toMatchObject([{ state: 'completed' }]);
  });

  test('keeps no more under way than it may, also after it is tuned down and up', async () => {
    const ids = toIds('tuned', 7);
    const held = holdMessages(room, ids);
    const [a = '', b = '', c = '', ...rest] = ids;
    const batch = await startBatch(room, 'tuned', { pages: [ids], max: 2 });
    await Promise.all([held.entered(a), held.entered(b)]);
    await batch.until({ inFlight: 2, started: 2, pending: 5 });

    await room.controls.tuneBatch('tuned', { maxConcurrentOperations: 1 });
    held.release(a);
    await batch.until({ inFlight: 1, started: 2, settled: 1, maxConcurrentOperations: 1 });
    held.release(b);
    await held.entered(c);
    await batch.until({ inFlight: 1, started: 3, settled: 2 });

    await room.controls.tuneBatch('tuned', { maxConcurrentOperations: 3 });
    await Promise.all(rest.slice(0, 2).map(held.entered));
    await batch.until({ inFlight: 3, started: 5, pending: 2 });
    held.release(...ids);
    await batch.result();
    expect(ids.map((id) => countRuns(room, id))).toEqual(ids.map(() => 1));
  });

  test('refuses a tuning that makes no sense and keeps what it had', async () => {
    const held = holdMessages(room, ['odd-1']);
    const batch = await startBatch(room, 'odd', { pages: [['odd-1']], max: 2 });
    for (const tuning of [{ maxConcurrentOperations: 501 }, { maxConcurrentOperations: 1.5 }]) {
      await expect(room.controls.tuneBatch('odd', tuning)).rejects.toMatchObject({ type: 'InvalidInput' });
    }
    await expect(room.controls.tuneBatch('odd', { priority: 'SOON' as never })).rejects.toMatchObject({
      type: 'InvalidInput',
    });
    expect(await batch.status()).toMatchObject({ maxConcurrentOperations: 2, priority: 'BACKFILL' });
    held.release('odd-1');
    await batch.result();
  });

  test('yields to live mail, until it is given a priority; what runs already keeps its own', async () => {
    const held = holdMessages(room, ['p-1', 'p-2']);
    const batch = await startBatch(room, 'ranked', { pages: [['p-1', 'p-2']], max: 1 });
    await held.entered('p-1');
    await room.controls.tuneBatch('ranked', { priority: 'HIGH' });
    held.release('p-1');
    await held.entered('p-2');
    const keyOf = async (id: string) => (await childHandle(room, 'ranked', id).describe()).priority;
    expect(await keyOf('p-1')).toMatchObject({ priorityKey: 5, fairnessKey: 'ranked' });
    expect(await keyOf('p-2')).toMatchObject({ priorityKey: 2, fairnessKey: 'ranked' });
    held.release('p-2');
    await batch.result();
  });
});

describe('the place of a run is free again', () => {
  test('when it is terminated', async () => {
    const held = holdMessages(room, ['t-1']);
    const batch = await startBatch(room, 'terminated', { pages: [['t-1', 't-2']], max: 1 });
    await held.entered('t-1');
    await childHandle(room, 'terminated', 't-1').terminate('by hand');
    await batch.result();
    expect(countRuns(room, 't-2')).toBe(1);
    expect(room.fakes.recordsOf('finishBatch', 'terminated')).toMatchObject([{ state: 'completed' }]);
  });

  test('when it fails', async () => {
    const gone = async () => Promise.reject(new ServiceError('NotFound', 'The message was erased'));
    room.fakes.on('readMessage', 'f-1', gone);
    room.fakes.on('quarantineMessage', 'f-1', gone);
    await (await startBatch(room, 'failing', { pages: [['f-1', 'f-2']], max: 1 })).result();
    expect((await childHandle(room, 'failing', 'f-1').describe()).status.name).toBe('FAILED');
    expect(countRuns(room, 'f-2')).toBe(1);
  });

  test('when it is not started because one for the message is alive', async () => {
    const held = holdMessages(room, ['d-1']);
    await room.controls.retryMessage({ accountId: 'doubled', messageId: 'd-1' });
    await held.entered('d-1');
    await (await startBatch(room, 'doubled', { pages: [['d-1', 'd-2']], max: 1 })).result();
    expect([countRuns(room, 'd-1'), countRuns(room, 'd-2')]).toEqual([1, 1]);
    const alive = childHandle(room, 'doubled', 'd-1');
    expect((await alive.describe()).status.name).toBe('RUNNING');
    held.release('d-1');
    expect(await alive.result()).toMatchObject({ outcome: 'processed' });
  });

  test('when it waits for a person, and the batch need not wait for it', async () => {
    room.fakes.plan('a-1', 'draft');
    await (await startBatch(room, 'approving', { pages: [['a-1', 'a-2']], max: 1 })).result();
    expect(countRuns(room, 'a-2')).toBe(1);
    expect(await room.controls.findMessageStatus({ accountId: 'approving', messageId: 'a-1' })).toMatchObject(
      {
        waitingFor: 'approval',
      },
    );
  });
});

describe('an origin that fails', () => {
  test('midway ends the reading; what was read is processed and the batch says why it failed', async () => {
    const away = () => Promise.reject(new ServiceError('AuthenticationFailed', 'The server said no'));
    const batch = await startBatch(room, 'midway', { pages: [['r-1', 'r-2', 'r-3'], away], max: 2 });
    await batch.result();
    expect(['r-1', 'r-2', 'r-3'].map((id) => countRuns(room, id))).toEqual([1, 1, 1]);
    expect(room.fakes.recordsOf('finishBatch', 'midway')).toEqual([
      { batchId: 'midway', state: 'failed', reason: 'The server said no' },
    ]);
  });

  test('for a moment is asked for the same page again', async () => {
    let times = 0;
    const flaky = async () => {
      times += 1;
      if (times < 3) throw new ServiceError('Unavailable', 'Away');
      return toPage(['fl-2'], true);
    };
    await (await startBatch(room, 'flaky', { pages: [['fl-1'], flaky], max: 2 })).result();
    expect(countRuns(room, 'fl-2')).toBe(1);
    expect(room.fakes.recordsOf('finishBatch', 'flaky')).toMatchObject([{ state: 'completed' }]);
  });
});
