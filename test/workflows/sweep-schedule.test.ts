import { randomUUID } from 'node:crypto';
import { Client } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import { SWEEP_SCHEDULE_ID } from '../../src/contract/workflow-ids.ts';
import { applyTemporal } from '../../src/temporal/apply-temporal.ts';
import { createSchedules } from '../../src/temporal/create-schedules.ts';
import { type DiffRequest, type Drift, diffTemporal } from '../../src/temporal/diff-temporal.ts';
import { loadTemporalConfig } from '../../src/temporal-config.ts';
import { PATIENCE } from '../support/run-workflows.ts';

const config = loadTemporalConfig();
const namespace = `swept-${randomUUID()}`;
let connection: NativeConnection;
let client: Client;
let request: DiffRequest;
beforeAll(async () => {
  connection = await NativeConnection.connect({ address: inject('temporalAddress') });
  client = new Client({ connection, namespace });
  request = { connection, namespace, config, schedules: createSchedules(client, config), accounts: [] };
  await applyTemporal(request);
});
afterAll(() => connection.close());

/** A schedule answers with what it was before for a moment. */
function untilDiff(drifts: readonly Drift[]): Promise<void> {
  return vi.waitFor(async () => expect(await diffTemporal(request)).toEqual(drifts), PATIENCE);
}

const sweep = () => client.schedule.getHandle(SWEEP_SCHEDULE_ID);

test('the schedule of the sweep is as temporal.yaml says', async () => {
  const found = await sweep().describe();
  expect(found.spec).toMatchObject({ intervals: [{ every: 300_000 }], jitter: 2_000 });
  expect(found.policies).toMatchObject({ overlap: 'SKIP', catchupWindow: 60_000, pauseOnFailure: false });
  expect(found.action).toMatchObject({
    workflowType: 'sweepMessages',
    workflowId: 'sweep',
    taskQueue: 'mailroom',
  });
  expect(await request.schedules.list()).toEqual([]);
});

test('applied twice it stays as it was', async () => {
  const before = await sweep().describe();
  expect(await applyTemporal(request, { prune: true })).toEqual([]);
  expect((await sweep().describe()).raw.conflictToken).toEqual(before.raw.conflictToken);
});

test('what was changed by hand is shown and put right, but for a pause', async () => {
  await sweep().update((before) => ({
    ...before,
    spec: { intervals: [{ every: 3_600_000 }] },
    policies: { ...before.policies, overlap: 'ALLOW_ALL' },
    state: { ...before.state, paused: true },
  }));
  await untilDiff([
    { what: 'schedule sweep everyMs', wanted: '300000', found: '3600000' },
    { what: 'schedule sweep overlap', wanted: 'SKIP', found: 'ALLOW_ALL' },
    { what: 'schedule sweep jitterMs', wanted: '2000', found: '0' },
  ]);
  await applyTemporal(request);
  await untilDiff([]);
  expect((await sweep().describe()).state.paused).toBe(true);
});

test('one that was deleted is shown and made again', async () => {
  await sweep().delete();
  await untilDiff([{ what: 'schedule sweep', wanted: 'there', found: 'missing' }]);
  await applyTemporal(request);
  await untilDiff([]);
});
