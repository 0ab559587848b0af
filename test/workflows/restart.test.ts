import { WorkflowIdConflictPolicy } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pauseBatch, resumeBatch } from '../../src/contract/import-batch.ts';
import { decideDraftUpdate, retryNow, skipMessage } from '../../src/contract/process-message.ts';
import { QUEUE_NAMES } from '../../src/contract/queues.ts';
import { pullWorkflowId } from '../../src/contract/workflow-ids.ts';
import { draftOf, toPage } from '../support/fake-activities.ts';
import { expectSmallHistory } from '../support/inspect-history.ts';
import { childHandle, countRuns, holdMessages, startBatch } from '../support/run-batches.ts';
import { openWorkflowRoom, type WorkflowRoom } from '../support/run-workflows.ts';

/** Hardly anything is cached: runs are replayed from their histories, as after a crash. */
let room: WorkflowRoom;
beforeAll(async () => {
  room = await openWorkflowRoom({ cachedWorkflows: 5 });
});
afterAll(() => room.stop());

async function restart(): Promise<void> {
  await room.stopWorkers();
  await room.startWorkers();
}

describe('when the worker is restarted', () => {
  test('a message goes on from each of its waits', async () => {
    room.fakes.plan('m', 'consult', 'sync', 'draft');
    const reading = room.fakes.stall('readMessage', 'm');
    const consulting = room.fakes.stall('consultModel', 'm');
    const syncing = room.fakes.hold('syncPartner', 'm');
    const held = room.fakes.scriptOf('syncPartner', 'm');
    room.fakes.on('syncPartner', 'm', (request, n) =>
      n === 1 ? held(request, n) : room.fakes.standard.syncPartner(request, n),
    );
    const handle = await room.startMessage('m');
    await reading;
    await restart();
    await handle.signal(retryNow);
    await consulting;
    await restart();
    await handle.signal(retryNow);
    // The worker goes while the step runs: the attempt ends with it and another follows.
    await syncing.entered;
    await restart();
    await room.waitForApproval('m');
    await restart();
    const decision = { ...draftOf('m'), verdict: 'approve', by: 'ada' } as const;
    await handle.executeUpdate(decideDraftUpdate, { args: [decision] });
    expect(await handle.result()).toEqual({ outcome: 'sent', category: 'complaint', priority: 'NORMAL' });
    const counts = (['classifyMessage', 'syncPartner', 'draftReply', 'deliverDraft'] as const).map(
      (name) => room.fakes.requestsOf(name, 'm').length,
    );
    expect(counts).toEqual([1, 2, 1, 1]);
    // Each restart in a wait costs the task that was under way and its retry, on top of the usual 60.
    await expectSmallHistory(handle, 60 + 2 * 3);
  });

  test('a control that came while no worker ran is obeyed', async () => {
    room.fakes.plan('told', 'draft');
    const handle = await room.startMessage('told');
    await room.waitForApproval('told');
    await room.stopWorkers();
    await handle.signal(skipMessage, { by: 'ada', reason: 'seen' });
    await room.startWorkers();
    expect(await handle.result()).toMatchObject({ outcome: 'skipped' });
  });

  test('a batch goes on while it reads, while its messages run and while it is paused', async () => {
    const held = holdMessages(room, ['b-1', 'b-2']);
    const gate = room.fakes.hold('fetchPage', 'batch');
    const reading = room.fakes.scriptOf('fetchPage', 'batch');
    room.fakes.on('fetchPage', 'batch', (request, n) =>
      n === 1 ? reading(request, n) : Promise.resolve(toPage(['b-1', 'b-2', 'b-3'], true)),
    );
    const batch = await startBatch(room, 'batch', { pages: 'scripted', max: 1 });
    await gate.entered;
    await restart();
    await held.entered('b-1');
    await restart();
    await batch.signal(pauseBatch);
    held.release('b-1');
    await batch.until({ state: 'paused', inFlight: 0, settled: 1 });
    await restart();
    await batch.signal(resumeBatch);
    held.release('b-2');
    await batch.result();
    expect(room.fakes.recordsOf('finishBatch', 'batch')).toMatchObject([{ state: 'completed' }]);
    expect([countRuns(room, 'b-2'), countRuns(room, 'b-3')]).toEqual([1, 1]);
  });

  test('a pull reads its page again and starts each run once', async () => {
    const gate = room.fakes.hold('fetchPage', 'pulled');
    const reading = room.fakes.scriptOf('fetchPage', 'pulled');
    room.fakes.on('fetchPage', 'pulled', (request, n) =>
      n === 1 ? reading(request, n) : Promise.resolve(toPage(['p-1', 'p-2'], true)),
    );
    const handle = await room.client.workflow.start('pullAccount', {
      workflowId: pullWorkflowId('pulled'),
      taskQueue: QUEUE_NAMES.main,
      args: [{ accountId: 'pulled' }],
      workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
    });
    await gate.entered;
    await restart();
    expect(await handle.result()).toEqual({ started: 2 });
    for (const id of ['p-1', 'p-2']) {
      expect(await childHandle(room, 'pulled', id).result()).toMatchObject({ outcome: 'processed' });
    }
  });
});
