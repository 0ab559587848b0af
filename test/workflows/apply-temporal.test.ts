import { randomUUID } from 'node:crypto';
import { Client } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import { NativeConnection } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import { pullScheduleId, pullWorkflowId } from '../../src/contract/workflow-ids.ts';
import type { Account } from '../../src/domain/account.ts';
import { applyNamespace, applyTemporal } from '../../src/temporal/apply-temporal.ts';
import { createSchedules, type Schedules } from '../../src/temporal/create-schedules.ts';
import { type DiffRequest, type Drift, diffTemporal } from '../../src/temporal/diff-temporal.ts';
import { readNamespace } from '../../src/temporal/read-namespace.ts';
import type { ScheduleFacts } from '../../src/temporal/wanted-schedule.ts';
import { loadTemporalConfig } from '../../src/temporal-config.ts';
import { PATIENCE } from '../support/run-workflows.ts';

const CONFIG = loadTemporalConfig();
const DAY_MS = 86_400_000;
let connection: NativeConnection;
beforeAll(async () => {
  connection = await NativeConnection.connect({ address: inject('temporalAddress') });
});
afterAll(() => connection.close());

function toAccount(id: string, change: Partial<Account> = {}): Account {
  return {
    id,
    kind: 'files',
    name: id,
    address: `${id}@harborline.example`,
    mode: 'auto',
    state: 'active',
    stateReason: undefined,
    pullEverySeconds: 60,
    imap: undefined,
    ...change,
  };
}

function toRequest(namespace: string, accounts: readonly Account[] = []): DiffRequest & { client: Client } {
  const client = new Client({ connection, namespace });
  const schedules = createSchedules(client, CONFIG);
  return { connection, namespace, config: CONFIG, schedules, accounts, client };
}

const SHARED = `applied-${randomUUID()}`;

/** The shared namespace as temporal.yaml asks, with the schedules of these accounts alone. */
async function prepare(accounts: readonly Account[] = []) {
  const request = toRequest(SHARED, accounts);
  await applyTemporal(request, { prune: true });
  // The list of schedules comes from the visibility store, which follows.
  const pulled = accounts.filter(({ mode }) => mode !== 'manual').map(({ id }) => id);
  await untilListed(request, pulled);
  return request;
}

function untilListed({ schedules }: DiffRequest, ids: readonly string[]): Promise<void> {
  return vi.waitFor(async () => expect((await schedules.list()).sort()).toEqual([...ids].sort()), PATIENCE);
}

/** A schedule answers with what it was before for a moment. */
function untilDiff(request: DiffRequest, drifts: readonly Drift[]): Promise<void> {
  return vi.waitFor(async () => expect(await diffTemporal(request)).toEqual(drifts), PATIENCE);
}

function untilFound(schedules: Schedules, id: string, facts: Partial<ScheduleFacts>): Promise<void> {
  return vi.waitFor(async () => expect(await schedules.find(id)).toMatchObject(facts), PATIENCE);
}

describe('applying temporal.yaml', () => {
  test('to a server that knows nothing makes the namespace with its retention and attributes', async () => {
    const request = toRequest(`applied-${randomUUID()}`);
    expect(await diffTemporal(request)).toEqual([
      { what: 'namespace', wanted: request.namespace, found: 'missing' },
    ]);
    await applyTemporal(request);
    const facts = await readNamespace(connection, request.namespace);
    expect(facts?.retentionMs).toBe(CONFIG.namespace.retentionMs);
    expect([...(facts?.searchAttributes.keys() ?? [])].sort()).toEqual(
      Object.keys(CONFIG.searchAttributes).sort(),
    );
    expect(await diffTemporal(request)).toEqual([]);
  });

  test('twice changes nothing the second time', async () => {
    const request = await prepare([toAccount('a'), toAccount('b', { mode: 'hybrid', state: 'paused' })]);
    const describeAll = () =>
      Promise.all(['a', 'b'].map((id) => request.client.schedule.getHandle(pullScheduleId(id)).describe()));
    const before = await describeAll();
    expect(await applyTemporal(request)).toEqual([]);
    const after = await describeAll();
    expect(after.map(({ info }) => info.lastUpdatedAt)).toEqual(before.map(({ info }) => info.lastUpdatedAt));
    expect(after.map(({ raw }) => raw.conflictToken)).toEqual(before.map(({ raw }) => raw.conflictToken));
  });

  test('by two processes at once is harmless', async () => {
    const request = toRequest(`applied-${randomUUID()}`, [toAccount('a')]);
    await Promise.all([applyTemporal(request), applyTemporal(request)]);
    await untilListed(request, ['a']);
    await untilDiff(request, []);
  });

  test('refuses to go on over a search attribute of another type', async () => {
    const { namespace } = await prepare();
    const config = {
      ...CONFIG,
      searchAttributes: { ...CONFIG.searchAttributes, Planted: 'Keyword' as const },
    };
    await connection.operatorService.addSearchAttributes({ namespace, searchAttributes: { Planted: 3 } });
    await vi.waitFor(
      () =>
        expect(applyNamespace(connection, namespace, config)).rejects.toMatchObject({
          type: 'Conflict',
          message: 'The search attribute Planted is there with another type',
        }),
      PATIENCE,
    );
  });
});

describe('what was changed by hand', () => {
  test('is shown and put right: retention', async () => {
    const request = await prepare();
    await connection.workflowService.updateNamespace({
      namespace: request.namespace,
      config: { workflowExecutionRetentionTtl: msToTs(7 * DAY_MS) },
    });
    const drift = { what: 'retention', wanted: '72h', found: '168h' };
    await untilDiff(request, [drift]);
    await applyTemporal(request);
    await untilDiff(request, []);
  });

  test('is shown and put right: a search attribute', async () => {
    const request = await prepare();
    await connection.operatorService.removeSearchAttributes({
      namespace: request.namespace,
      searchAttributes: ['MailroomStage'],
    });
    const drift = { what: 'search attribute MailroomStage', wanted: 'Keyword', found: 'missing' };
    await untilDiff(request, [drift]);
    await applyTemporal(request);
    await untilDiff(request, []);
  });

  test('is shown and put right: a schedule', async () => {
    const request = await prepare([toAccount('a')]);
    const handle = request.client.schedule.getHandle(pullScheduleId('a'));
    await handle.update((before) => ({
      ...before,
      spec: { intervals: [{ every: 5_000 }], jitter: 9_000 },
      policies: { ...before.policies, overlap: 'ALLOW_ALL', catchupWindow: 3_600_000 },
      action: { ...before.action, taskQueue: 'elsewhere' },
      state: { ...before.state, paused: true },
    }));
    await untilDiff(request, [
      { what: 'schedule pull/a everyMs', wanted: '60000', found: '5000' },
      { what: 'schedule pull/a overlap', wanted: 'SKIP', found: 'ALLOW_ALL' },
      { what: 'schedule pull/a catchupWindowMs', wanted: '600000', found: '3600000' },
      { what: 'schedule pull/a jitterMs', wanted: '2000', found: '9000' },
      { what: 'schedule pull/a paused', wanted: 'false', found: 'true' },
      {
        what: 'schedule pull/a starts',
        wanted: 'pullAccount pull/a on mailroom',
        found: 'pullAccount pull/a on elsewhere',
      },
    ]);
    await applyTemporal(request);
    await untilDiff(request, []);
  });

  test('is shown and put right: a schedule that was deleted', async () => {
    const request = await prepare([toAccount('a')]);
    await request.client.schedule.getHandle(pullScheduleId('a')).delete();
    expect(await diffTemporal(request)).toContainEqual({
      what: 'schedule pull/a',
      wanted: 'there',
      found: 'missing',
    });
    await applyTemporal(request);
    await untilListed(request, ['a']);
    await untilDiff(request, []);
  });
});

describe('the schedules of accounts', () => {
  test('are one for each that is pulled by itself, as temporal.yaml says', async () => {
    const accounts = (['manual', 'auto', 'hybrid'] as const).map((mode) => toAccount(mode, { mode }));
    const request = await prepare(accounts);
    expect((await request.schedules.list()).sort()).toEqual(['auto', 'hybrid']);
    const found = await request.client.schedule.getHandle(pullScheduleId('auto')).describe();
    expect(found.policies).toMatchObject({ overlap: 'SKIP', catchupWindow: 600_000, pauseOnFailure: false });
    expect(found.spec).toMatchObject({ intervals: [{ every: 60_000 }], jitter: 2_000 });
    expect(found.action).toMatchObject({
      workflowType: 'pullAccount',
      workflowId: pullWorkflowId('auto'),
      taskQueue: 'mailroom',
      args: [{ accountId: 'auto' }],
    });
  });

  test('follow the account: its interval, its pause, its mode', async () => {
    const { schedules } = await prepare([toAccount('a')]);
    await schedules.ensure(toAccount('a', { pullEverySeconds: 300 }));
    await untilFound(schedules, 'a', { everyMs: 300_000, paused: false });
    await schedules.ensure(toAccount('a', { state: 'paused' }));
    await untilFound(schedules, 'a', { everyMs: 60_000, paused: true });
    await schedules.ensure(toAccount('a'));
    await untilFound(schedules, 'a', { paused: false });
    await schedules.ensure(toAccount('a', { mode: 'manual' }));
    expect(await schedules.find('a')).toBeUndefined();
  });

  test('go with the account', async () => {
    const request = await prepare([toAccount('kept'), toAccount('removed')]);
    const left = { ...request, accounts: [toAccount('kept')] };
    expect(await diffTemporal(left)).toEqual([
      { what: 'schedule pull/removed', wanted: 'none', found: 'there' },
    ]);
    // Another copy on the same server may own it: only a person who asks removes it.
    expect(await applyTemporal(left)).toEqual([]);
    expect(await request.schedules.find('removed')).toBeDefined();
    await applyTemporal(left, { prune: true });
    expect(await request.schedules.find('removed')).toBeUndefined();
    await untilListed(request, ['kept']);
  });

  test('are paused and resumed by hand, and one that is not there is no fault', async () => {
    const { schedules } = await prepare([toAccount('a')]);
    await schedules.pause('a', 'The server refused the password');
    await untilFound(schedules, 'a', { paused: true });
    await schedules.resume('a');
    await untilFound(schedules, 'a', { paused: false });
    await schedules.pause('none', 'x');
    await schedules.resume('none');
    await schedules.remove('none');
    expect(await schedules.find('none')).toBeUndefined();
  });
});
