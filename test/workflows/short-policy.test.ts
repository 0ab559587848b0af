import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { decideDraftUpdate } from '../../src/contract/process-message.ts';
import { draftOf } from '../support/fake-activities.ts';
import { expectSmallHistory } from '../support/inspect-history.ts';
import { childHandle, countRuns, holdMessages, startBatch } from '../support/run-batches.ts';
import { ACCOUNT, openWorkflowRoom, PATIENCE, type WorkflowRoom } from '../support/run-workflows.ts';

/** Fourteen days and half an hour, in a second each. */
let room: WorkflowRoom;
beforeAll(async () => {
  room = await openWorkflowRoom({ workflows: { approvalMs: 1_000, slotMs: 1_000 } });
});
afterAll(() => room.stop());

describe('a draft that nobody decided in time', () => {
  test('expires, is not sent, and its message is settled', async () => {
    room.fakes.plan('forgotten', 'draft');
    const handle = await room.startMessage('forgotten');
    expect(await handle.result()).toMatchObject({ outcome: 'draft-expired' });
    expect(room.fakes.requestsOf('decideDraft', 'forgotten')).toEqual([
      {
        accountId: ACCOUNT,
        messageId: 'forgotten',
        ...draftOf('forgotten'),
        verdict: 'expire',
        by: 'mailroom',
      },
    ]);
    expect(room.fakes.requestsOf('deliverDraft', 'forgotten')).toEqual([]);
    await expectSmallHistory(handle);
  });

  test.each([
    ['approve', 'sent'],
    ['reject', 'draft-rejected'],
  ] as const)('goes on with the %s that is on record and never reached it', async (verdict, outcome) => {
    const id = `untold-${verdict}`;
    room.fakes.plan(id, 'draft');
    room.fakes.on('decideDraft', id, async () => verdict);
    const handle = await room.startMessage(id);
    expect(await handle.result()).toMatchObject({ outcome });
    expect(room.fakes.requestsOf('quarantineMessage', id)).toEqual([]);
  });

  test('is sent when the approval came in time and took long to be put on record', async () => {
    const id = 'last-minute';
    room.fakes.plan(id, 'draft');
    const gate = room.fakes.hold('decideDraft', id);
    const handle = await room.startMessage(id, { taskTimeoutMs: 2_000 });
    await room.waitForApproval(id);
    const decision = { ...draftOf(id), verdict: 'approve', by: 'ada' } as const;
    const decided = handle.executeUpdate(decideDraftUpdate, { args: [decision] });
    await gate.entered;
    await vi.waitFor(async () => {
      const events = (await handle.fetchHistory()).events ?? [];
      const fired = events.findIndex((event) => event.timerFiredEventAttributes);
      const seen = events.findLastIndex((event) => event.workflowTaskCompletedEventAttributes);
      expect(fired).toBeGreaterThan(0);
      expect(seen).toBeGreaterThan(fired);
    }, PATIENCE);
    gate.open(undefined);
    await decided;
    expect(await handle.result()).toMatchObject({ outcome: 'sent' });
    expect(room.fakes.requestsOf('decideDraft', id).map(({ verdict }) => verdict)).not.toContain('expire');
    await expectSmallHistory(handle);
  });
});

test('a run that has not ended within its slot no longer holds up its batch', async () => {
  const held = holdMessages(room, ['stuck-1']);
  const batch = await startBatch(room, 'stuck', { pages: [['stuck-1', 'stuck-2']], max: 1 });
  await held.entered('stuck-1');
  await batch.result();
  expect(countRuns(room, 'stuck-2')).toBe(1);
  const stuck = childHandle(room, 'stuck', 'stuck-1');
  expect((await stuck.describe()).status.name).toBe('RUNNING');
  held.release('stuck-1');
  expect(await stuck.result()).toMatchObject({ outcome: 'processed' });
});

test('a run that does not hear that it is cancelled does not hold up the end of its batch', async () => {
  room.fakes.plan('numb-1', 'sync');
  const gate = room.fakes.hold('syncPartner', 'numb-1', 'deaf');
  const batch = await startBatch(room, 'numb', { pages: [['numb-1']], max: 1 });
  await gate.entered;
  await batch.cancel();
  await batch.result();
  expect(room.fakes.recordsOf('finishBatch', 'numb')).toMatchObject([{ state: 'cancelled' }]);
  gate.open({ partnerId: 1, recordId: 2 });
  await childHandle(room, 'numb', 'numb-1').result();
});
