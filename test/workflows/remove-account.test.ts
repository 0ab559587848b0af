import { randomUUID } from 'node:crypto';
import { WorkflowNotFoundError } from '@temporalio/client';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { messageWorkflowId, removalWorkflowId } from '../../src/contract/workflow-ids.ts';
import { ServiceError } from '../../src/domain/service-error.ts';
import { createSchedules } from '../../src/temporal/create-schedules.ts';
import { stopRuns } from '../../src/temporal/stop-runs.ts';
import { loadTemporalConfig } from '../../src/temporal-config.ts';
import { holdMessages, startBatch } from '../support/run-batches.ts';
import { openWorkflowRoom, PATIENCE, type WorkflowRoom } from '../support/run-workflows.ts';

let room: WorkflowRoom;
beforeAll(async () => {
  room = await openWorkflowRoom();
});
afterAll(() => room.stop());

const { signal } = new AbortController();

test('the data of an account are deleted by one run, however often it is asked for', async () => {
  const gate = room.fakes.hold('removeAccountData', 'old');
  await room.controls.removeAccount('old');
  await gate.entered;
  await room.controls.removeAccount('old');
  gate.open({ messages: 7 });
  const handle = room.client.workflow.getHandle(removalWorkflowId('old'));
  expect(await handle.result()).toEqual({ messages: 7 });
  expect(room.fakes.requestsOf('removeAccountData', 'old')).toEqual([{ accountId: 'old' }]);
});

test('an account that is in use again fails its removal at once', async () => {
  room.fakes.on('removeAccountData', 'kept', async () => {
    throw new ServiceError('Conflict', 'It is in use');
  });
  await room.controls.removeAccount('kept');
  const handle = room.client.workflow.getHandle(removalWorkflowId('kept'));
  await expect(handle.result()).rejects.toThrow();
  expect(room.fakes.requestsOf('removeAccountData', 'kept')).toHaveLength(1);
});

test('all runs of an account end before its data go, and those of others go on', async () => {
  const [gone, other] = [`gone-${randomUUID()}`, `other-${randomUUID()}`];
  const [a, b] = [`${gone}-1`, `${other}-1`];
  const held = holdMessages(room, [a, b]);
  const batches = await Promise.all([
    startBatch(room, gone, { pages: [[a]], max: 5 }),
    startBatch(room, other, { pages: [[b]], max: 5 }),
  ]);
  await Promise.all([held.entered(a), held.entered(b)]);
  const statusOf = async (accountId: string, id: string) =>
    (await room.client.workflow.getHandle(messageWorkflowId(accountId, id)).describe()).status.name;
  // The list of runs follows the server by a moment.
  await vi.waitFor(async () => {
    const query = `ExecutionStatus = 'Running' AND MailroomAccount = '${gone}'`;
    expect((await room.client.workflow.count(query)).count).toBe(2);
  }, PATIENCE);
  await stopRuns(room.client, gone, signal);
  expect(await statusOf(gone, a)).not.toBe('RUNNING');
  expect((await batches[0].describe()).status.name).not.toBe('RUNNING');
  expect(await statusOf(other, b)).toBe('RUNNING');
  held.release(b);
  await batches[1].result();
  await expect(stopRuns(room.client, 'nobody', signal)).resolves.toBeUndefined();
  await expect(room.client.workflow.getHandle('message/nobody/1').cancel()).rejects.toThrow(
    WorkflowNotFoundError,
  );
});

test('an account that was removed has no schedule, whatever its mode', async () => {
  const id = `removed-${randomUUID().slice(0, 8)}`;
  const schedules = createSchedules(room.client, loadTemporalConfig());
  const account = {
    id,
    kind: 'imap',
    name: id,
    address: 'a@example.org',
    mode: 'auto',
    state: 'active',
    stateReason: undefined,
    pullEverySeconds: 3600,
    imap: undefined,
  } as const;
  await schedules.ensure(account);
  expect(await schedules.find(id)).toBeDefined();
  await schedules.ensure({ ...account, state: 'removed' });
  expect(await schedules.find(id)).toBeUndefined();
});
