import { afterEach, expect, test, vi } from 'vitest';
import type { HealthCheck } from '../../api/dependencies.ts';
import { ServiceError } from '../../src/domain/service-error.ts';
import { openTestApi, type TestApi } from './support/open-test-api.ts';
import { seedMail } from './support/seed-mail.ts';

let api: TestApi | undefined;
afterEach(() => api?.close());

const up: HealthCheck = { name: 'postgres', required: true, check: async () => 'version 17' };
const down = (required: boolean): HealthCheck => ({
  name: 'odoo',
  required,
  check: () =>
    Promise.reject(new ServiceError('Unavailable', 'Odoo cannot be reached', { fix: 'Start it.' })),
});

async function ask(health: readonly HealthCheck[], url: string) {
  api = await openTestApi({ health });
  return api.app.inject({ url });
}

test('is healthy when all is up, with the latency of each component', async () => {
  const response = await ask([up], '/health');
  expect(response.statusCode).toBe(200);
  expect(response.json()).toMatchObject({
    status: 'healthy',
    components: [{ name: 'postgres', status: 'up', required: true, detail: 'version 17' }],
  });
  expect(response.json().components[0].latencyMs).toBeGreaterThanOrEqual(0);
});

test('is degraded, and still ready, without an optional component', async () => {
  const response = await ask([up, down(false)], '/health');
  expect(response.statusCode).toBe(200);
  expect(response.json().status).toBe('degraded');
  expect(response.json().components[1].detail).toBe('Odoo cannot be reached. Start it.');
  expect((await api?.app.inject({ url: '/health/ready' }))?.json()).toEqual({
    status: 'ready',
    waitingFor: [],
  });
});

test('is unhealthy and not ready, but alive, without a required one', async () => {
  const response = await ask([up, down(true)], '/health');
  expect(response.statusCode).toBe(503);
  expect(response.json().status).toBe('unhealthy');
  const ready = await api?.app.inject({ url: '/health/ready' });
  expect(ready?.statusCode).toBe(503);
  expect(ready?.json()).toEqual({ status: 'not-ready', waitingFor: ['odoo'] });
  expect((await api?.app.inject({ url: '/health/live' }))?.statusCode).toBe(200);
});

test('does not wait for a component that hangs, and shows nothing of an unexpected error', async () => {
  const hanging: HealthCheck = {
    name: 'temporal',
    required: true,
    check: () => new Promise(() => undefined),
  };
  const broken: HealthCheck = {
    name: 'smtp',
    required: false,
    check: () => Promise.reject(Object.assign(new Error('password hunter2'), { code: 'ECONNREFUSED' })),
  };
  const started = performance.now();
  const response = await ask([hanging, broken], '/health');
  expect(performance.now() - started).toBeLessThan(20_000);
  expect(response.json().components).toMatchObject([
    { name: 'temporal', status: 'down', detail: 'no answer within 2000 ms' },
    { name: 'smtp', status: 'down', detail: 'the check failed (ECONNREFUSED)' },
  ]);
});

test('checks once for all who ask within a second', async () => {
  const check = vi.fn(async () => undefined);
  await ask([{ name: 'postgres', required: true, check }], '/health');
  await Promise.all([api?.app.inject({ url: '/health' }), api?.app.inject({ url: '/health/ready' })]);
  expect(check).toHaveBeenCalledTimes(1);
});

test('metrics count messages, batches, quarantine and requests by route pattern', async () => {
  api = await openTestApi();
  const [id = ''] = await seedMail(api, [{ subject: 'One' }, { subject: 'Two', read: false }]);
  await api.stores.quarantine.addMessage({
    messageId: id,
    stage: 'sync',
    failureType: 'Rejected',
    reason: '',
  });
  await api.app.inject({ url: `/api/messages/${id}` });
  const metrics = (await api.app.inject({ url: '/metrics' })).body;
  expect(metrics).toContain('mailroom_messages{state="quarantined"} 1');
  expect(metrics).toContain('mailroom_messages{state="parked"} 1');
  expect(metrics).toContain('mailroom_batches{state="completed"}');
  expect(metrics).toContain('mailroom_quarantine_open 1');
  expect(metrics).toContain('mailroom_database_up 1');
  expect(metrics).toContain('mailroom_model_answer_lookups_total{level="redis",lookup="hit"} 3');
  expect(metrics).toContain(
    'mailroom_http_request_duration_seconds_count{method="GET",route="/api/messages/:id",status="200"} 1',
  );
  expect(metrics).toContain('process_cpu_seconds_total');
  expect(metrics).not.toContain(id);
});

test('metrics still answer without the database', async () => {
  api = await openTestApi();
  await api.sql.end({ timeout: 0 });
  const response = await api.app.inject({ url: '/metrics' });
  expect(response.statusCode).toBe(200);
  expect(response.body).toContain('mailroom_database_up 0');
  expect(response.body).not.toMatch(/^mailroom_quarantine_open /m);
  const list = await api.app.inject({ url: '/api/messages' });
  expect(list.statusCode).toBe(503);
  expect(list.json().fix).toContain('PostgreSQL');
});

test('the overview counts what the mail room holds', async () => {
  api = await openTestApi();
  const [first = '', second = ''] = await seedMail(api, [{ subject: 'One' }, { subject: 'Two' }]);
  await api.stores.messages.settle(first, 'processed', undefined);
  await api.stores.messages.recordStage(second, 'approval', 'awaiting-approval');
  const response = await api.app.inject({ url: '/api/overview?minutes=5' });
  expect(response.statusCode).toBe(200);
  expect(response.json()).toMatchObject({
    messages: 2,
    byState: { settled: 1, 'awaiting-approval': 1 },
    byOutcome: { processed: 1 },
    quarantineOpen: 0,
    pendingDrafts: 1,
    throughput: [{ settled: 1 }],
    temporalUiUrl: 'http://localhost:8233/',
  });
});
