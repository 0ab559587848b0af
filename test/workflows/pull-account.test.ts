import { WorkflowFailedError, type WorkflowHandle, WorkflowIdConflictPolicy } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { QUEUE_NAMES } from '../../src/contract/queues.ts';
import { ACCOUNT_ATTRIBUTE } from '../../src/contract/search-attributes.ts';
import { pullWorkflowId } from '../../src/contract/workflow-ids.ts';
import { ServiceError } from '../../src/domain/service-error.ts';
import type { pullAccount } from '../../workflows/pull-account.ts';
import { toPage } from '../support/fake-activities.ts';
import { childHandle, countRuns, fillHistory, holdMessages } from '../support/run-batches.ts';
import { openWorkflowRoom, PATIENCE, type WorkflowRoom } from '../support/run-workflows.ts';

type PullHandle = WorkflowHandle<typeof pullAccount>;

let room: WorkflowRoom;
beforeAll(async () => {
  room = await openWorkflowRoom();
});
afterAll(() => room.stop());

async function pull(account: string, workflowId = pullWorkflowId(account)): Promise<PullHandle> {
  return room.client.workflow.start<typeof pullAccount>('pullAccount', {
    workflowId,
    taskQueue: QUEUE_NAMES.main,
    args: [{ accountId: account }],
    typedSearchAttributes: [{ key: ACCOUNT_ATTRIBUTE, value: account }],
    workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
  });
}

/** Its batch goes by the id of its first run. */
async function batchOf(handle: PullHandle): Promise<string> {
  return `pull-${(await handle.describe()).runId}`;
}

describe('a pull', () => {
  test('reads pages until the mailbox is done and starts a run for each message', async () => {
    const pages = [['n-1', 'n-2'], [], ['n-3']];
    room.fakes.on('fetchPage', 'new-mail', async ({ page }) => toPage(pages[page] ?? [], page === 2));
    const handle = await pull('new-mail');
    expect(await handle.result()).toEqual({ started: 3 });
    const batchId = await batchOf(handle);
    expect(room.fakes.requestsOf('fetchPage', 'new-mail')).toMatchObject(
      [0, 1, 2].map((page) => ({ batchId, page, kind: 'pull' })),
    );
    expect(room.fakes.recordsOf('finishBatch', batchId)).toEqual([{ batchId, state: 'completed' }]);
    for (const id of ['n-1', 'n-2', 'n-3']) {
      const run = childHandle(room, 'new-mail', id);
      expect(await run.result()).toMatchObject({ outcome: 'processed' });
      expect((await run.describe()).priority).toMatchObject({ priorityKey: 3, fairnessKey: 'new-mail' });
    }
  });

  test('starts what an earlier one had parked, and not what has come to its end meanwhile', async () => {
    const held = holdMessages(room, ['e-2']);
    const again = ['e-1', 'e-2'];
    room.fakes.on('fetchPage', 'earlier', async () => ({ ...toPage(again, true), again }));
    expect(await (await pull('earlier')).result()).toEqual({ started: 2 });
    await childHandle(room, 'earlier', 'e-1').result();
    await held.entered('e-2');
    await childHandle(room, 'earlier', 'e-2').terminate();
    expect(await (await pull('earlier')).result()).toEqual({ started: 1 });
    expect(countRuns(room, 'e-1')).toBe(1);
    held.release('e-2');
  });

  test('does not wait for the runs, which outlive it', async () => {
    const held = holdMessages(room, ['o-1']);
    room.fakes.on('fetchPage', 'outlived', async () => toPage(['o-1'], true));
    expect(await (await pull('outlived')).result()).toEqual({ started: 1 });
    await held.entered('o-1');
    const run = childHandle(room, 'outlived', 'o-1');
    expect((await run.describe()).status.name).toBe('RUNNING');
    held.release('o-1');
    expect(await run.result()).toMatchObject({ outcome: 'processed' });
  });

  test('of a mailbox with nothing new starts nothing', async () => {
    const handle = await pull('quiet');
    expect(await handle.result()).toEqual({ started: 0 });
    expect(room.fakes.recordsOf('finishBatch', await batchOf(handle))).toMatchObject([
      { state: 'completed' },
    ]);
  });

  test('leaves a message alone whose run is alive', async () => {
    const held = holdMessages(room, ['l-1']);
    await room.controls.retryMessage({ accountId: 'lively', messageId: 'l-1' });
    await held.entered('l-1');
    room.fakes.on('fetchPage', 'lively', async () => toPage(['l-1', 'l-2'], true));
    expect(await (await pull('lively')).result()).toEqual({ started: 1 });
    held.release('l-1');
    await childHandle(room, 'lively', 'l-1').result();
    expect(countRuns(room, 'l-1')).toBe(1);
  });

  test('that runs is joined by a second start', async () => {
    const gate = room.fakes.hold('fetchPage', 'joined');
    const first = await pull('joined');
    await gate.entered;
    const { runId } = await first.describe();
    await pull('joined');
    expect((await first.describe()).runId).toBe(runId);
    gate.open(toPage([], true));
    await first.result();
    expect(room.fakes.requestsOf('fetchPage', 'joined')).toHaveLength(1);
  });

  test('goes on in a new run when its history grows long, with its batch, page and count', async () => {
    const gate = room.fakes.hold('fetchPage', 'long');
    const handle = await pull('long');
    await gate.entered;
    const { runId } = await handle.describe();
    await fillHistory(handle);
    room.fakes.on('fetchPage', 'long', async ({ page }) => toPage([`p-${page}`], page === 2));
    gate.open(toPage(['p-0'], false));
    expect(await handle.result()).toEqual({ started: 3 });
    const first = room.client.workflow.getHandle(handle.workflowId, runId);
    expect((await first.describe()).status.name).toBe('CONTINUED_AS_NEW');
    expect(room.fakes.requestsOf('fetchPage', 'long')).toMatchObject(
      [0, 1, 2].map((page) => ({ batchId: `pull-${runId}`, page })),
    );
    expect(room.fakes.recordsOf('finishBatch', `pull-${runId}`)).toHaveLength(1);
  });
});

describe('a mailbox that cannot be read', () => {
  async function failWith(account: string, error: ServiceError): Promise<string> {
    room.fakes.on('fetchPage', account, () => Promise.reject(error));
    const handle = await pull(account);
    const batchId = await batchOf(handle);
    await expect(handle.result()).rejects.toBeInstanceOf(WorkflowFailedError);
    expect((await handle.describe()).status.name).toBe('FAILED');
    return batchId;
  }

  test('because it refuses the credentials pauses the account, and the pull fails', async () => {
    const error = new ServiceError('AuthenticationFailed', 'The server refused the password');
    const batchId = await failWith('refused', error);
    expect(room.fakes.requestsOf('pauseAccount', 'refused')).toEqual([
      { accountId: 'refused', reason: 'The server refused the password' },
    ]);
    expect(room.fakes.recordsOf('finishBatch', batchId)).toEqual([
      { batchId, state: 'failed', reason: 'The server refused the password' },
    ]);
    expect(room.fakes.requestsOf('fetchPage', 'refused')).toHaveLength(1);
  });

  test.each(['Unavailable', 'PermissionDenied'] as const)('(%s) leaves the account active', async (type) => {
    const account = `away-${type.toLowerCase()}`;
    const batchId = await failWith(account, new ServiceError(type, 'Not now'));
    expect(room.fakes.requestsOf('pauseAccount', account)).toEqual([]);
    expect(room.fakes.recordsOf('finishBatch', batchId)).toMatchObject([
      { state: 'failed', reason: 'Not now' },
    ]);
  });

  test('is read on by the next pull', async () => {
    const account = 'recovered';
    await failWith(account, new ServiceError('Rejected', 'Not now'));
    room.fakes.on('fetchPage', account, async () => toPage(['rec-1'], true));
    expect(await (await pull(account)).result()).toEqual({ started: 1 });
  });
});

test('a pull that is cancelled leaves the runs alone that it has started', async () => {
  const held = holdMessages(room, ['left-1']);
  room.fakes.hold('fetchPage', 'left-alone');
  const holding = room.fakes.scriptOf('fetchPage', 'left-alone');
  room.fakes.on('fetchPage', 'left-alone', (request, n) =>
    request.page === 0 ? Promise.resolve(toPage(['left-1'], false)) : holding(request, n),
  );
  const handle = await pull('left-alone');
  await held.entered('left-1');
  await handle.cancel();
  await expect(handle.result()).rejects.toBeInstanceOf(WorkflowFailedError);
  held.release('left-1');
  expect(await childHandle(room, 'left-alone', 'left-1').result()).toMatchObject({ outcome: 'processed' });
});

test.each(['waits for its mailbox', 'is to be tried again'])(
  'a pull that %s for an hour is ended by a person, and the next one reads',
  async (what) => {
    const account = what.replaceAll(' ', '-');
    expect(await room.controls.cancelPull(account)).toBe(false);
    const busy = new ServiceError('RateLimited', 'Come back in an hour', { retryAfterMs: 3_600_000 });
    room.fakes.on('fetchPage', account, async () => {
      if (what === 'is to be tried again') throw busy;
      return { ...toPage([], false), waitMs: 3_600_000 };
    });
    // As the schedule names it.
    const handle = await pull(account, `${pullWorkflowId(account)}-2026-11-22T06:00:00Z`);
    await vi.waitFor(() => expect(room.fakes.requestsOf('fetchPage', account)).toHaveLength(1), PATIENCE);
    // The list of runs follows the server.
    await vi.waitFor(async () => expect(await room.controls.cancelPull(account)).toBe(true), PATIENCE);
    await expect(handle.result()).rejects.toBeInstanceOf(WorkflowFailedError);
    room.fakes.on('fetchPage', account, async () => toPage(['next-1'], true));
    expect(await (await pull(account)).result()).toEqual({ started: 1 });
  },
);

test('a pull that is cancelled closes its batch, and never calls its mail cancelled', async () => {
  const gate = room.fakes.hold('fetchPage', 'called-off');
  const handle = await pull('called-off');
  await gate.entered;
  const batchId = await batchOf(handle);
  await handle.cancel();
  await expect(handle.result()).rejects.toBeInstanceOf(WorkflowFailedError);
  await vi.waitFor(async () => expect((await handle.describe()).status.name).toBe('CANCELLED'), PATIENCE);
  expect(room.fakes.recordsOf('finishBatch', batchId)).toEqual([
    { batchId, state: 'failed', reason: 'The pull was cancelled' },
  ]);
  expect(room.fakes.requestsOf('pauseAccount', 'called-off')).toEqual([]);
});
