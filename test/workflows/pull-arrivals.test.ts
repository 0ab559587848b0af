import { type WorkflowHandle, WorkflowIdConflictPolicy } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { mailArrived } from '../../src/contract/pull-account.ts';
import { QUEUE_NAMES } from '../../src/contract/queues.ts';
import { pullWorkflowId, watchWorkflowId } from '../../src/contract/workflow-ids.ts';
import { ServiceError } from '../../src/domain/service-error.ts';
import type { pullAccount } from '../../workflows/pull-account.ts';
import { toPage } from '../support/fake-activities.ts';
import { childHandle } from '../support/run-batches.ts';
import { openWorkflowRoom, PATIENCE, type WorkflowRoom } from '../support/run-workflows.ts';

let room: WorkflowRoom;
beforeAll(async () => {
  room = await openWorkflowRoom();
});
afterAll(() => room.stop());

function pull(account: string): Promise<WorkflowHandle<typeof pullAccount>> {
  return room.client.workflow.start<typeof pullAccount>('pullAccount', {
    workflowId: pullWorkflowId(account),
    taskQueue: QUEUE_NAMES.main,
    args: [{ accountId: account }],
    workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
  });
}

describe('mail that comes while a mailbox is read', () => {
  test('makes the pull look once more, however often it was told', async () => {
    const gate = room.fakes.hold('fetchPage', 'busy');
    const handle = await pull('busy');
    await gate.entered;
    for (let n = 0; n < 5; n += 1) await handle.signal(mailArrived);
    room.fakes.on('fetchPage', 'busy', async ({ page }) => toPage([`late-${page}`], true));
    gate.open(toPage([], true));
    expect(await handle.result()).toEqual({ started: 1 });
    expect(room.fakes.requestsOf('fetchPage', 'busy').map(({ page }) => page)).toEqual([0, 1]);
  });

  test('is not missed by a pull that is just about to end', async () => {
    room.fakes.on('fetchPage', 'ending', async ({ page }) => toPage([`end-${page}`], true));
    const handle = await pull('ending');
    const gate = room.fakes.hold('finishBatch', `pull-${(await handle.describe()).runId}`);
    await gate.entered;
    await handle.signal(mailArrived);
    room.fakes.on('finishBatch', `pull-${(await handle.describe()).runId}`, async () => undefined);
    gate.open(undefined);
    expect(await handle.result()).toEqual({ started: 2 });
  });

  test('that was told between two pulls starts one', async () => {
    await room.controls.notifyArrival('told');
    expect(await room.client.workflow.getHandle(pullWorkflowId('told')).result()).toEqual({ started: 0 });
    expect(room.fakes.requestsOf('fetchPage', 'told').length).toBeGreaterThan(0);
  });
});

describe('an account that may take on no more', () => {
  test('is asked again after its wait, in the same pull', async () => {
    room.fakes.on('fetchPage', 'full', async (_request, n) =>
      n === 1 ? { ...toPage([], false), waitMs: 50 } : toPage(['w-1'], true),
    );
    expect(await (await pull('full')).result()).toEqual({ started: 1 });
    expect(room.fakes.requestsOf('fetchPage', 'full')).toHaveLength(2);
  });
});

describe('old mail', () => {
  test('yields to live mail, of every account', async () => {
    room.fakes.on('fetchPage', 'aged', async () => ({
      ...toPage(['aged-1', 'fresh-1'], true),
      backfill: ['aged-1'],
    }));
    await (await pull('aged')).result();
    const keyOf = async (id: string) =>
      (await childHandle(room, 'aged', id).describe()).priority?.priorityKey;
    expect([await keyOf('aged-1'), await keyOf('fresh-1')]).toEqual([5, 3]);
  });
});

describe('a mailbox that can be watched', () => {
  test('is watched by one run, which begins again with the next pull when it ended', async () => {
    room.fakes.on('fetchPage', 'seen', async () => ({ ...toPage([], true), push: 'watch' }));
    const gate = room.fakes.hold('watchMailbox', 'seen');
    await (await pull('seen')).result();
    await gate.entered;
    await (await pull('seen')).result();
    const watch = room.client.workflow.getHandle(watchWorkflowId('seen'));
    const { runId } = await watch.describe();
    gate.open(false);
    await watch.result();
    expect(room.fakes.requestsOf('watchMailbox', 'seen')).toHaveLength(1);
    room.fakes.on('watchMailbox', 'seen', async () => false);
    await (await pull('seen')).result();
    await vi.waitFor(async () => expect((await watch.describe()).runId).not.toBe(runId), PATIENCE);
  });

  test('is waited at again when it was set up anew, and no more once that is refused', async () => {
    room.fakes.on('watchMailbox', 'anew', async (_ref, n) => {
      if (n < 3) return true;
      throw new ServiceError('AuthenticationFailed', 'The server refused the password');
    });
    room.fakes.on('fetchPage', 'anew', async () => ({ ...toPage([], true), push: 'watch' }));
    await (await pull('anew')).result();
    await room.client.workflow.getHandle(watchWorkflowId('anew')).result();
    expect(room.fakes.requestsOf('watchMailbox', 'anew')).toHaveLength(3);
    expect(room.fakes.recordsOf('pauseAccount', 'anew')).toEqual([]);
  });
});

describe('a provider that notifies', () => {
  test.each([
    ['refused', new ServiceError('PermissionDenied', 'No subscriptions here')],
    ['tomorrow', new ServiceError('RateLimited', 'Come back tomorrow', { retryAfterMs: 86_400_000 })],
  ])('is asked to; a pull is not stopped by its answer (%s)', async (id, error) => {
    room.fakes.on('renewPush', id, () => Promise.reject(error));
    room.fakes.on('fetchPage', id, async () => ({ ...toPage([`${id}-1`], true), push: 'subscribe' }));
    expect(await (await pull(id)).result()).toEqual({ started: 1 });
    expect(room.fakes.requestsOf('renewPush', id)).toHaveLength(1);
  });
});
