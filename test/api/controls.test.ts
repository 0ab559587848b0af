import { Client } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import type { Controls } from '../../api/controls/controls.ts';
import { createControls } from '../../api/controls/create-controls.ts';
import type { LocalActivities } from '../../src/contract/activities.ts';
import { ACCOUNT_ATTRIBUTE, STAGE_ATTRIBUTE } from '../../src/contract/search-attributes.ts';
import { importWorkflowId, messageWorkflowId } from '../../src/contract/workflow-ids.ts';
import { startTcpProxy } from './support/start-tcp-proxy.ts';
import { startTestWorker } from './support/start-test-worker.ts';

const HASH = 'ab'.repeat(32);
const nothing = async () => undefined;

/** A message whose draft waits for a person. */
const ACTIVITIES: Partial<LocalActivities> = {
  readMessage: async () => ({ language: 'en', automatic: 'person', attachments: 0, warnings: 0 }),
  classifyMessage: async () => ({
    category: 'order',
    confidence: 0.9,
    plan: { consult: false, sync: false, draft: true },
  }),
  prioritizeMessage: async () => ({ priority: 'NORMAL' }),
  summarizeMessage: nothing,
  draftReply: async ({ messageId }) => ({
    draftId: `d-${messageId}`,
    hash: HASH,
    approval: 'person',
    why: '',
  }),
  decideDraft: nothing,
  changePriority: nothing,
  settleMessage: nothing,
  quarantineMessage: nothing,
  recordBatchState: nothing,
  finishBatch: nothing,
};

let worker: Awaited<ReturnType<typeof startTestWorker>>;
let controls: Controls;
beforeAll(async () => {
  worker = await startTestWorker(ACTIVITIES);
  controls = createControls({ client: worker.client });
});
afterAll(() => worker.stop());

const refOf = (messageId: string) => ({ accountId: 'sales', messageId });
const idOf = (messageId: string) => messageWorkflowId('sales', messageId);
const control = { by: 'ada', reason: 'a test' };

async function startWaiting(messageId: string) {
  expect(await controls.retryMessage(refOf(messageId))).toBe('started');
  await vi.waitFor(
    async () => expect((await controls.findMessageStatus(refOf(messageId)))?.waitingFor).toBe('approval'),
    { timeout: 40_000 },
  );
  return worker.client.workflow.getHandle(idOf(messageId));
}

describe('a message', () => {
  test('is started once, with what the Web UI filters by, and told what a person wants', async () => {
    const handle = await startWaiting('m1');
    const { typedSearchAttributes, priority } = await handle.describe();
    expect(typedSearchAttributes.get(ACCOUNT_ATTRIBUTE)).toBe('sales');
    expect(typedSearchAttributes.get(STAGE_ATTRIBUTE)).toBe('approval');
    expect(priority).toMatchObject({ priorityKey: 3, fairnessKey: 'sales' });
    expect(await controls.retryMessage(refOf('m1'))).toBe('hurried');
    expect(await controls.changePriority(refOf('m1'), { priority: 'URGENT', by: 'ada' })).toBe(true);
    expect(await controls.findMessageStatus(refOf('m1'))).toMatchObject({
      stage: 'approval',
      priority: 'URGENT',
      draftId: 'd-m1',
    });
    await expect(
      controls.decideDraft(refOf('m1'), { draftId: 'd-m1', hash: 'old', verdict: 'approve', by: 'ada' }),
    ).rejects.toMatchObject({ type: 'Conflict', message: 'The draft was changed after you saw it' });
    await controls.decideDraft(refOf('m1'), { draftId: 'd-m1', hash: HASH, verdict: 'reject', by: 'ada' });
    expect(await handle.result()).toMatchObject({ outcome: 'draft-rejected', priority: 'URGENT' });
  });

  test('is skipped or cancelled while its run is alive, and not after', async () => {
    const skipped = await startWaiting('m2');
    expect(await controls.skipMessage(refOf('m2'), control)).toBe(true);
    expect(await skipped.result()).toMatchObject({ outcome: 'skipped' });
    const cancelled = await startWaiting('m3');
    expect(await controls.cancelMessage(refOf('m3'), control)).toBe(true);
    expect(await cancelled.result()).toMatchObject({ outcome: 'cancelled' });
    expect(await controls.skipMessage(refOf('m2'), control)).toBe(false);
    expect(await controls.changePriority(refOf('m2'), { priority: 'LOW', by: 'ada' })).toBe(false);
    expect(await controls.findMessageStatus(refOf('m2'))).toBeUndefined();
    expect((await controls.describe(idOf('m2')))?.status).toBe('COMPLETED');
  });

  test('can be started again after its run ended', async () => {
    const first = await startWaiting('m4');
    const { runId } = await first.describe();
    await controls.skipMessage(refOf('m4'), control);
    await first.result();
    const second = await startWaiting('m4');
    expect((await second.describe()).runId).not.toBe(runId);
    await controls.skipMessage(refOf('m4'), control);
    await second.result();
  });

  test('that never ran is nobody to talk to', async () => {
    expect(await controls.skipMessage(refOf('none'), control)).toBe(false);
    expect(await controls.findMessageStatus(refOf('none'))).toBeUndefined();
    expect(await controls.describe(idOf('none'))).toBeUndefined();
    await expect(
      controls.decideDraft(refOf('none'), { draftId: 'd', hash: HASH, verdict: 'approve', by: 'ada' }),
    ).rejects.toMatchObject({ type: 'Conflict' });
  });
});

test('a batch is joined, paused, tuned, resumed and cancelled', async () => {
  const start = { batchId: 'b1', accountId: 'sales', maxConcurrentOperations: 5, priority: undefined };
  await controls.startBatch(start);
  const handle = worker.client.workflow.getHandle(importWorkflowId('b1'));
  const { runId } = await handle.describe();
  await controls.startBatch(start);
  expect((await handle.describe()).runId).toBe(runId);
  expect(await controls.pauseBatch('b1')).toBe(true);
  expect(await controls.findBatchStatus('b1')).toMatchObject({ state: 'paused', priority: 'BACKFILL' });
  expect(await controls.tuneBatch('b1', { maxConcurrentOperations: 2, priority: 'HIGH' })).toBe(true);
  expect(await controls.resumeBatch('b1')).toBe(true);
  expect(await controls.findBatchStatus('b1')).toMatchObject({
    state: 'running',
    maxConcurrentOperations: 2,
    priority: 'HIGH',
  });
  await expect(controls.tuneBatch('b1', { maxConcurrentOperations: 0 })).rejects.toMatchObject({
    type: 'InvalidInput',
  });
  expect(await controls.cancelBatch('b1')).toBe(true);
  expect(await controls.pauseBatch('none')).toBe(false);
  expect(await controls.tuneBatch('none', { priority: 'LOW' })).toBe(false);
  await handle.terminate();
});

test('a pull is started once', async () => {
  await controls.pullNow('support');
  const first = await controls.describe('pull/support');
  await controls.pullNow('support');
  expect(await controls.describe('pull/support')).toMatchObject({ type: 'pullAccount', runId: first?.runId });
  await worker.client.workflow.getHandle('pull/support').terminate();
});

describe('without Temporal', () => {
  test.each(['cut', 'freeze'] as const)('every control says so within five seconds: %s', async (fault) => {
    const proxy = await startTcpProxy(inject('temporalAddress'));
    const connection = await NativeConnection.connect({ address: proxy.address });
    const lost = createControls({
      client: new Client({ connection, namespace: worker.client.options.namespace }),
    });
    expect(await lost.describe('not there')).toBeUndefined();
    await proxy[fault]();
    const started = performance.now();
    const calls = [
      lost.startBatch({ batchId: 'b', accountId: 'a', maxConcurrentOperations: 1, priority: undefined }),
      lost.pauseBatch('b'),
      lost.tuneBatch('b', { priority: 'LOW' }),
      lost.findBatchStatus('b'),
      lost.retryMessage(refOf('m')),
      lost.findMessageStatus(refOf('m')),
      lost.decideDraft(refOf('m'), { draftId: 'd', hash: HASH, verdict: 'approve', by: 'ada' }),
      lost.pullNow('a'),
      lost.describe('x'),
    ];
    for (const result of await Promise.allSettled(calls)) {
      expect(result).toMatchObject({
        status: 'rejected',
        reason: { name: 'ServiceError', type: 'Unavailable' },
      });
      expect((result as PromiseRejectedResult).reason.fix).toContain('mailroom -- doctor');
    }
    expect(performance.now() - started).toBeLessThan(20_000);
    if (fault === 'freeze') await proxy.cut();
    await connection.close();
  });

  test('a namespace that is not there is unavailable, with the fix', async () => {
    const connection = await NativeConnection.connect({ address: inject('temporalAddress') });
    const lost = createControls({ client: new Client({ connection, namespace: 'api-not-there' }) });
    await expect(lost.pullNow('a')).rejects.toMatchObject({
      type: 'Unavailable',
      fix: expect.stringContaining('temporal apply'),
    });
    await connection.close();
  });
});
