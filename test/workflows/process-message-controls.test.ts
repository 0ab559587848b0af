import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  cancelMessage,
  decideDraftUpdate,
  messageStatus,
  retryNow,
  skipMessage,
} from '../../src/contract/process-message.ts';
import { ServiceError } from '../../src/domain/service-error.ts';
import { draftOf } from '../support/fake-activities.ts';
import { expectSmallHistory } from '../support/inspect-history.ts';
import {
  ACCOUNT,
  type MessageHandle,
  openWorkflowRoom,
  PATIENCE,
  type WorkflowRoom,
} from '../support/run-workflows.ts';

let room: WorkflowRoom;
beforeAll(async () => {
  room = await openWorkflowRoom();
});
afterEach(async () => {
  for (const handle of room.started.splice(0)) await expectSmallHistory(handle);
});
afterAll(() => room.stop());

const control = { by: 'ada', reason: 'not for us' };
/** How a person ends a run, what the run then says, and what is put on record. */
const ENDINGS = [
  ['skipMessage', (run: MessageHandle) => run.signal(skipMessage, control), 'skipped', 'ada: not for us'],
  [
    'cancelMessage',
    (run: MessageHandle) => run.signal(cancelMessage, control),
    'cancelled',
    'ada: not for us',
  ],
  ['a native cancellation', (run: MessageHandle) => run.cancel(), 'cancelled', 'the run was cancelled'],
] as const;

const idOf = (name: string, when: string) => `${name}-${when}`.replaceAll(' ', '-');

async function expectEnd(handle: MessageHandle, id: string, outcome: string, note: string) {
  expect(await handle.result()).toMatchObject({ outcome });
  expect((await handle.describe()).status.name).toBe('COMPLETED');
  expect(room.fakes.recordsOf('settleMessage', id)).toEqual([
    { accountId: ACCOUNT, messageId: id, outcome, note },
  ]);
  expect(room.fakes.recordsOf('quarantineMessage', id)).toEqual([]);
}

describe.each(ENDINGS)('%s', (name, end, outcome, note) => {
  test('while a step on the network runs ends it and what follows', async () => {
    const id = idOf(name, 'running');
    room.fakes.plan(id, 'sync', 'draft');
    const gate = room.fakes.hold('syncPartner', id);
    const handle = await room.startMessage(id);
    await gate.entered;
    await end(handle);
    await expectEnd(handle, id, outcome, note);
    const names = room.fakes.namesOf(id);
    expect(names.slice(names.indexOf('syncPartner'))).toEqual(['syncPartner', 'settleMessage']);
  });

  test('while a draft waits for a person leaves nothing to decide', async () => {
    const id = idOf(name, 'approval');
    room.fakes.plan(id, 'draft');
    const handle = await room.startMessage(id);
    await room.waitForApproval(id);
    // The end cannot be put on record yet, so that the run is still there to be asked.
    const stalled = room.fakes.stall('settleMessage', id);
    await end(handle);
    await stalled;
    const decision = { ...draftOf(id), verdict: 'approve', by: 'ada' } as const;
    await expect(handle.executeUpdate(decideDraftUpdate, { args: [decision] })).rejects.toMatchObject({
      cause: { type: 'Conflict' },
    });
    expect((await handle.query(messageStatus)).waitingFor).toBe('nothing');
    expect(room.fakes.requestsOf('deliverDraft', id)).toEqual([]);
    await handle.terminate('the test is over');
  });
});

/** The first two take the same way, so that one stands for both. */
describe.each([ENDINGS[0], ENDINGS[2]])('%s', (name, end, outcome, note) => {
  test('while a local step runs ends it and what follows', async () => {
    const id = idOf(name, 'running-local');
    const gate = room.fakes.hold('readMessage', id);
    const handle = await room.startMessage(id, { taskTimeoutMs: 2_000 });
    await gate.entered;
    await end(handle);
    await expectEnd(handle, id, outcome, note);
    expect(room.fakes.namesOf(id)).toEqual(['readMessage', 'settleMessage']);
  });

  test.each(['readMessage', 'syncPartner'] as const)('while %s waits for its next attempt', async (step) => {
    const id = idOf(name, `backoff-${step}`);
    room.fakes.plan(id, 'sync');
    const stalled = room.fakes.stall(step, id);
    const handle = await room.startMessage(id);
    await stalled;
    await end(handle);
    await expectEnd(handle, id, outcome, note);
    expect(room.fakes.requestsOf(step, id)).toHaveLength(1);
  });

  test('before the first step lets none begin', async () => {
    const id = idOf(name, 'first');
    await room.stopWorkers();
    const handle = await room.startMessage(id);
    await end(handle);
    await room.startWorkers();
    await expectEnd(handle, id, outcome, note);
    expect(room.fakes.namesOf(id)).toEqual(['settleMessage']);
  });

  test('too late for a delivery that went out all the same changes nothing', async () => {
    const id = idOf(name, 'sending');
    room.fakes.plan(id, 'draft');
    room.fakes.on('draftReply', id, async () => ({ ...draftOf(id), approval: 'none', why: 'approved' }));
    const gate = room.fakes.hold('deliverDraft', id, 'deaf');
    const handle = await room.startMessage(id);
    await gate.entered;
    await end(handle);
    await vi.waitFor(async () => {
      const { events } = await handle.fetchHistory();
      expect(events?.some((event) => event.activityTaskCancelRequestedEventAttributes)).toBe(true);
    }, PATIENCE);
    gate.open({ state: 'SENT' });
    expect(await handle.result()).toMatchObject({ outcome: 'sent' });
    expect(room.fakes.recordsOf('settleMessage', id)).toMatchObject([{ outcome: 'sent' }]);
  });

  test('that makes the step fail is no reason for quarantine', async () => {
    const id = idOf(name, 'cut');
    room.fakes.plan(id, 'sync');
    const gate = room.fakes.hold('syncPartner', id);
    const held = room.fakes.scriptOf('syncPartner', id);
    room.fakes.on('syncPartner', id, (request, n) =>
      held(request, n).catch(() => Promise.reject(new ServiceError('Rejected', 'Connection closed'))),
    );
    const handle = await room.startMessage(id);
    await gate.entered;
    await end(handle);
    await expectEnd(handle, id, outcome, note);
  });
});

test('the first of two controls counts', async () => {
  const stalled = room.fakes.stall('readMessage', 'both');
  const handle = await room.startMessage('both');
  await stalled;
  await handle.signal(skipMessage, { by: 'ada', reason: 'first' });
  await handle.signal(cancelMessage, { by: 'bob', reason: 'second' });
  expect(await handle.result()).toMatchObject({ outcome: 'skipped' });
  expect(room.fakes.recordsOf('settleMessage', 'both')).toMatchObject([{ note: 'ada: first' }]);
});

test('a reason too long for the record is cut', async () => {
  const stalled = room.fakes.stall('readMessage', 'long');
  const handle = await room.startMessage('long');
  await stalled;
  await handle.signal(skipMessage, { by: 'ada', reason: 'x'.repeat(1_000) });
  await handle.result();
  const [settled] = room.fakes.recordsOf('settleMessage', 'long');
  expect(settled?.note).toHaveLength(250);
});

test('a control sent by hand without its argument does not wedge the run', async () => {
  const stalled = room.fakes.stall('readMessage', 'bare');
  const handle = await room.startMessage('bare');
  await stalled;
  await handle.signal('skipMessage');
  expect(await handle.result()).toMatchObject({ outcome: 'skipped' });
});

test('retryNow does nothing to a run that waits for a person', async () => {
  room.fakes.plan('patient', 'draft');
  const handle = await room.startMessage('patient');
  await room.waitForApproval('patient');
  await handle.signal(retryNow);
  expect(await handle.query(messageStatus)).toMatchObject({ waitingFor: 'approval' });
  await handle.signal(skipMessage, control);
  expect(await handle.result()).toMatchObject({ outcome: 'skipped' });
  expect(room.fakes.requestsOf('draftReply', 'patient')).toHaveLength(1);
});
