import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { type DraftDecision, decideDraftUpdate, messageStatus } from '../../src/contract/process-message.ts';
import { messageWorkflowId } from '../../src/contract/workflow-ids.ts';
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

const CONFLICT = { cause: { type: 'Conflict' } };

async function startWaiting(id: string): Promise<MessageHandle> {
  room.fakes.plan(id, 'draft');
  const handle = await room.startMessage(id);
  await room.waitForApproval(id);
  return handle;
}

function decide(handle: MessageHandle, id: string, change: Partial<DraftDecision> = {}) {
  const decision: DraftDecision = { ...draftOf(id), verdict: 'approve', by: 'ada', ...change };
  return handle.executeUpdate(decideDraftUpdate, { args: [decision] });
}

describe('a draft that waits for a person', () => {
  test('is sent when it is approved', async () => {
    const handle = await startWaiting('approved');
    await decide(handle, 'approved');
    expect(await handle.result()).toMatchObject({ outcome: 'sent' });
    expect(room.fakes.namesOf('approved').slice(-4)).toEqual([
      'draftReply',
      'decideDraft',
      'deliverDraft',
      'settleMessage',
    ]);
    expect(room.fakes.requestsOf('decideDraft', 'approved')).toEqual([
      { accountId: ACCOUNT, messageId: 'approved', ...draftOf('approved'), verdict: 'approve', by: 'ada' },
    ]);
  });

  test('is not sent when it is rejected', async () => {
    const handle = await startWaiting('rejected');
    await decide(handle, 'rejected', { verdict: 'reject' });
    expect(await handle.result()).toMatchObject({ outcome: 'draft-rejected' });
    expect(room.fakes.namesOf('rejected')).not.toContain('deliverDraft');
  });

  test.each([
    ['of an older text', { hash: 'hash-of-yesterday' }, 'The draft was changed after you saw it'],
    ['of another draft', { draftId: 'draft-of-somebody' }, 'Another draft waits for a decision'],
  ])('refuses an approval %s and goes on waiting', async (_what, change, message) => {
    const id = `refused-${Object.keys(change)[0]}`;
    const handle = await startWaiting(id);
    await expect(decide(handle, id, change)).rejects.toMatchObject({ cause: { type: 'Conflict', message } });
    expect(room.fakes.requestsOf('decideDraft', id)).toEqual([]);
    expect((await handle.query(messageStatus)).waitingFor).toBe('approval');
    await decide(handle, id);
    expect(await handle.result()).toMatchObject({ outcome: 'sent' });
  });

  test('is decided once: a second click is a Conflict and does no harm', async () => {
    const handle = await startWaiting('clicked');
    const gate = room.fakes.hold('deliverDraft', 'clicked');
    await decide(handle, 'clicked');
    await gate.entered;
    await expect(decide(handle, 'clicked')).rejects.toMatchObject(CONFLICT);
    await expect(decide(handle, 'clicked', { verdict: 'reject' })).rejects.toMatchObject(CONFLICT);
    gate.open({ state: 'SENT' });
    expect(await handle.result()).toMatchObject({ outcome: 'sent' });
    expect(room.fakes.requestsOf('decideDraft', 'clicked')).toHaveLength(1);
    expect(room.fakes.requestsOf('deliverDraft', 'clicked')).toHaveLength(1);
  });

  test('goes the way of the one decision that was put on record when two people click at once', async () => {
    const handle = await startWaiting('contested');
    let kept: string | undefined;
    room.fakes.on('decideDraft', 'contested', async ({ verdict }) => {
      kept ??= verdict;
      if (kept !== verdict) throw new ServiceError('Conflict', 'The draft is decided already');
      return verdict;
    });
    const clicks = await Promise.allSettled([
      decide(handle, 'contested'),
      decide(handle, 'contested', { verdict: 'reject', by: 'bob' }),
    ]);
    expect(clicks.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const { outcome } = await handle.result();
    expect(outcome).toBe(kept === 'approve' ? 'sent' : 'draft-rejected');
  });

  test('takes the same decision from several people at once, and puts it on record once', async () => {
    const handle = await startWaiting('crowded');
    room.fakes.on('decideDraft', 'crowded', async ({ verdict }, n) => {
      if (n === 0) await wait(300);
      return verdict;
    });
    await Promise.all(['ada', 'bob', 'cleo'].map((by) => decide(handle, 'crowded', { by })));
    expect(await handle.result()).toMatchObject({ outcome: 'sent' });
    expect(room.fakes.requestsOf('decideDraft', 'crowded')).toHaveLength(1);
    expect(room.fakes.requestsOf('deliverDraft', 'crowded')).toHaveLength(1);
  });

  test('still waits when a decision cannot be put on record, and can be decided again', async () => {
    const handle = await startWaiting('unrecorded');
    room.fakes.on('decideDraft', 'unrecorded', async ({ verdict }, n) => {
      if (n <= 1) throw new ServiceError('Conflict', 'SMTP is not configured');
      return verdict;
    });
    await expect(decide(handle, 'unrecorded')).rejects.toMatchObject({
      cause: { type: 'Conflict', message: 'SMTP is not configured' },
    });
    expect(await handle.query(messageStatus)).toMatchObject({ stage: 'approval', waitingFor: 'approval' });
    await decide(handle, 'unrecorded');
    expect(await handle.result()).toMatchObject({ outcome: 'sent' });
  });
});

test('nothing can be decided before there is a draft', async () => {
  const stalled = room.fakes.stall('readMessage', 'hasty');
  const handle = await room.startMessage('hasty');
  await stalled;
  await expect(decide(handle, 'hasty')).rejects.toMatchObject(CONFLICT);
  await handle.terminate('the test is over');
});

describe('a run that starts to wait for a person', () => {
  test('tells its batch that its place is free', async () => {
    const stalled = room.fakes.stall('readMessage', 'parent');
    const parent = await room.startMessage('parent');
    await stalled;
    room.fakes.plan('child', 'draft');
    const child = await room.startMessage('child', { reportTo: parent.workflowId });
    await room.waitForApproval('child');
    await vi.waitFor(async () => {
      const { events } = await parent.fetchHistory();
      const signals = events?.flatMap((event) => event.workflowExecutionSignaledEventAttributes ?? []);
      const told = signals?.map(({ signalName, input }) => [
        signalName,
        JSON.parse(Buffer.from(input?.payloads?.[0]?.data ?? []).toString('utf8')),
      ]);
      expect(told).toEqual([['releaseSlot', messageWorkflowId(ACCOUNT, 'child')]]);
    }, PATIENCE);
    await decide(child, 'child');
    expect(await child.result()).toMatchObject({ outcome: 'sent' });
    await parent.terminate('the test is over');
  });

  test('goes on when its batch is gone', async () => {
    room.fakes.plan('orphan', 'draft');
    const orphan = await room.startMessage('orphan', { reportTo: 'import/of-yesterday' });
    await room.waitForApproval('orphan');
    await decide(orphan, 'orphan');
    expect(await orphan.result()).toMatchObject({ outcome: 'sent' });
  });
});
