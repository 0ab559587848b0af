import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { cancelBatch, pauseBatch, resumeBatch } from '../../src/contract/import-batch.ts';
import { ServiceError } from '../../src/domain/service-error.ts';
import { toPage } from '../support/fake-activities.ts';
import {
  type BatchHandle,
  type BatchPlan,
  childHandle,
  countRuns,
  fillHistory,
  holdMessages,
  startBatch,
} from '../support/run-batches.ts';
import { openWorkflowRoom, PATIENCE, type WorkflowRoom } from '../support/run-workflows.ts';

let room: WorkflowRoom;
beforeAll(async () => {
  room = await openWorkflowRoom();
});
afterAll(() => room.stop());

const endsOf = (name: string) => room.fakes.recordsOf('finishBatch', name);

describe('a batch that is paused', () => {
  test('starts nothing until it is resumed, and says so on record in order', async () => {
    const held = holdMessages(room, ['h-1']);
    const batch = await startBatch(room, 'held', { pages: [['h-1', 'h-2'], ['h-3']], max: 1 });
    await held.entered('h-1');
    await batch.signal(pauseBatch);
    held.release('h-1');
    await batch.until({ state: 'paused', inFlight: 0, started: 1, settled: 1 });
    await batch.signal(resumeBatch);
    await batch.result();
    expect([countRuns(room, 'h-2'), countRuns(room, 'h-3')]).toEqual([1, 1]);
    expect(room.fakes.requestsOf('recordBatchState', 'held').map(({ state }) => state)).toEqual([
      'paused',
      'running',
    ]);
    expect(room.fakes.namesOf('held').at(-1)).toBe('finishBatch');
  });

  test('goes on when the pause cannot be put on record', async () => {
    room.fakes.on('recordBatchState', 'unrecorded', async () => {
      throw new ServiceError('NotFound', 'There is no such batch');
    });
    const held = holdMessages(room, ['u-1']);
    const batch = await startBatch(room, 'unrecorded', { pages: [['u-1', 'u-2']], max: 1 });
    await held.entered('u-1');
    await batch.signal(pauseBatch);
    await batch.until({ state: 'paused' });
    await batch.signal(resumeBatch);
    held.release('u-1');
    await batch.result();
    expect(endsOf('unrecorded')).toMatchObject([{ state: 'completed' }]);
  });
});

/** How a batch is told to end. */
const ENDINGS = [
  ['cancelBatch', (batch: BatchHandle) => batch.signal(cancelBatch)],
  ['a native cancellation', (batch: BatchHandle) => batch.cancel()],
] as const;

describe.each(ENDINGS)('%s', (label, end) => {
  const prefix = label.replaceAll(' ', '-');

  test('ends what runs, leaves what waits for a person and starts nothing more', async () => {
    const name = `${prefix}-under-way`;
    const [waiting, one, two, never] = ['0', '1', '2', '3'].map((n) => `${name}-${n}`) as [
      string,
      string,
      string,
      string,
    ];
    const held = holdMessages(room, [one, two]);
    room.fakes.plan(waiting, 'draft');
    const batch = await startBatch(room, name, { pages: [[waiting, one, two, never]], max: 2 });
    await Promise.all([held.entered(one), held.entered(two)]);
    await end(batch);
    await batch.result();
    expect(endsOf(name)).toEqual([{ batchId: name, state: 'cancelled' }]);
    for (const id of [one, two]) {
      expect(room.fakes.recordsOf('settleMessage', id)).toMatchObject([{ outcome: 'cancelled' }]);
    }
    expect(countRuns(room, never)).toBe(0);
    expect(await room.controls.findMessageStatus({ accountId: name, messageId: waiting })).toMatchObject({
      waitingFor: 'approval',
    });
    const { events } = await childHandle(room, name, waiting).fetchHistory();
    expect(events?.some((event) => event.workflowExecutionCancelRequestedEventAttributes)).toBe(false);
  });

  test('also ends the reading, and only then says that the batch is over', async () => {
    const name = `${prefix}-reading`;
    // A page that is being committed is not called back.
    const gate = room.fakes.hold('fetchPage', name, 'deaf');
    const batch = await startBatch(room, name, { pages: 'scripted', max: 2 });
    await gate.entered;
    await end(batch);
    await vi.waitFor(async () => {
      const { events } = await batch.fetchHistory();
      expect(events?.some((event) => event.activityTaskCancelRequestedEventAttributes)).toBe(true);
    }, PATIENCE);
    expect(endsOf(name)).toEqual([]);
    gate.open(toPage([`${name}-1`], true));
    await batch.result();
    expect(endsOf(name)).toMatchObject([{ state: 'cancelled' }]);
    expect(countRuns(room, `${name}-1`)).toBe(0);
  });

  test('of a paused batch ends it', async () => {
    const name = `${prefix}-paused`;
    const held = holdMessages(room, [`${name}-1`]);
    const batch = await startBatch(room, name, { pages: [[`${name}-1`, `${name}-2`]], max: 1 });
    await held.entered(`${name}-1`);
    await batch.signal(pauseBatch);
    await end(batch);
    await batch.result();
    expect(endsOf(name)).toMatchObject([{ state: 'cancelled' }]);
  });
});

describe('a batch whose history grows long', () => {
  async function openLong(name: string, pages: Exclude<BatchPlan['pages'], 'scripted'>) {
    const ids = [1, 2, 3].map((n) => `${name}-${n}`) as [string, string, string];
    const held = holdMessages(room, ids);
    const batch = await startBatch(room, name, { pages: [ids, ...pages], max: 2 });
    const { runId } = await batch.describe();
    await Promise.all([held.entered(ids[0]), held.entered(ids[1])]);
    await fillHistory(batch);
    return { batch, held, ids, first: room.client.workflow.getHandle(batch.workflowId, runId) };
  }

  test('goes on in a new run: nothing is lost or started twice, totals and tuning are carried', async () => {
    const { batch, held, ids, first } = await openLong('long', [['long-4'], ['long-5']]);
    await room.controls.tuneBatch('long', { priority: 'LOW', maxConcurrentOperations: 3 });
    held.release(ids[0], ids[1]);
    await held.entered(ids[2]);
    expect((await first.describe()).status.name).toBe('CONTINUED_AS_NEW');
    await batch.until({ started: 5, settled: 4, priority: 'LOW', maxConcurrentOperations: 3 });
    held.release(ids[2]);
    await batch.result();
    const all = [...ids, 'long-4', 'long-5'];
    expect(all.map((id) => countRuns(room, id))).toEqual(all.map(() => 1));
    expect(room.fakes.requestsOf('fetchPage', 'long').map(({ page }) => page)).toEqual([0, 1, 2]);
    expect(endsOf('long')).toMatchObject([{ state: 'completed' }]);
  });

  test('remembers that it is cancelled while it waits for its runs to end', async () => {
    const { batch, held, ids } = await openLong('dropped', []);
    held.release(ids[0]);
    await batch.until({ settled: 1, inFlight: 1 });
    await batch.signal(cancelBatch);
    await batch.result();
    expect(endsOf('dropped')).toMatchObject([{ state: 'cancelled' }]);
    expect(countRuns(room, ids[2])).toBe(0);
  });

  test('remembers that its origin failed', async () => {
    const away = () => Promise.reject(new ServiceError('Rejected', 'The server said no'));
    const { batch, held, ids, first } = await openLong('broken', [away]);
    await vi.waitFor(async () => expect((await batch.status())?.exhausted).toBe(true), PATIENCE);
    held.release(...ids);
    await batch.result();
    expect((await first.describe()).status.name).toBe('CONTINUED_AS_NEW');
    expect(ids.map((id) => countRuns(room, id))).toEqual([1, 1, 1]);
    expect(endsOf('broken')).toEqual([{ batchId: 'broken', state: 'failed', reason: 'The server said no' }]);
  });

  test('stays paused in its new run', async () => {
    const { batch, held, ids, first } = await openLong('resting', []);
    held.release(ids[0]);
    await batch.until({ settled: 1, inFlight: 1 });
    await batch.signal(pauseBatch);
    held.release(ids[1]);
    await batch.until({ state: 'paused', inFlight: 0, settled: 2, pending: 1 });
    await vi.waitFor(
      async () => expect((await first.describe()).status.name).toBe('CONTINUED_AS_NEW'),
      PATIENCE,
    );
    expect(await batch.status()).toMatchObject({ state: 'paused', started: 2 });
    await batch.signal(resumeBatch);
    held.release(ids[2]);
    await batch.result();
    expect(countRuns(room, ids[2])).toBe(1);
  });
});
