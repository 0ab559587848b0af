import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { ServiceError } from '../../src/domain/service-error.ts';
import { openTestApi, type TestApi } from './support/open-test-api.ts';
import { ACCOUNT } from './support/seed-mail.ts';

const STATE = 'a-secret-of-the-subscription';
const PUBLIC = 'https://mail.example.org';

let api: TestApi;

async function subscribe(accountId: string, providerId: string): Promise<void> {
  const graph = { mailbox: 'sales@example.org', folders: ['inbox'], baseUrl: 'https://graph.example.org' };
  await api.stores.accounts.add({ ...ACCOUNT, id: accountId, kind: 'graph', mode: 'auto', graph }, undefined);
  const sealed = api.sealer.seal(Buffer.from(STATE), `push_subscription/client_state/${accountId}`);
  await api.stores.push.prepare(accountId, sealed);
  const expiresAt = new Date(Date.now() + 86_400_000);
  await api.stores.push.save(accountId, { id: providerId, expiresAt });
}

beforeAll(async () => {
  api = await openTestApi({ config: { publicUrl: PUBLIC } });
  await subscribe('sales', 'sub-1,sub-2');
  await subscribe('support', 'sub-3');
});
afterAll(() => api.close());
beforeEach(() => api.controls.reset());

let made = 0;

function notification(change: Record<string, unknown> = {}) {
  return {
    subscriptionId: 'sub-1',
    clientState: STATE,
    changeType: 'created',
    tenantId: '84bd8158-6d4d-4958-8b9f-9d6445542f95',
    resource: 'Users/x/Messages/y',
    resourceData: {
      '@odata.type': '#Microsoft.Graph.Message',
      '@odata.etag': 'W/"1"',
      id: `message-${++made}`,
    },
    ...change,
  };
}

function send(value: unknown, path = '/webhooks/graph') {
  return api.app.inject({
    method: 'POST',
    url: path,
    headers: { 'content-type': 'application/json', host: 'mail.example.org' },
    payload: JSON.stringify({ value }),
  });
}

async function countOf(result: string): Promise<number> {
  const { body } = await api.app.inject({ url: '/metrics' });
  const line = body
    .split('\n')
    .find((text) => text.startsWith(`mailroom_webhooks_total{provider="graph",result="${result}"}`));
  return Number(line?.split(' ').at(-1) ?? 0);
}

describe('a notification', () => {
  test('tells the pull of its account, once for all that came', async () => {
    const response = await send([notification(), notification({ subscriptionId: 'sub-2' }), notification()]);
    expect(response.statusCode).toBe(202);
    expect(response.body).toBe('');
    expect(api.controls.calls).toEqual([['notifyArrival', 'sales']]);
  });

  test('of several accounts tells each', async () => {
    await send([notification(), notification({ subscriptionId: 'sub-3' })]);
    expect(api.controls.calls).toEqual([
      ['notifyArrival', 'sales'],
      ['notifyArrival', 'support'],
    ]);
  });

  test.each([
    ['forged', { clientState: 'a guess' }],
    ['forged', { clientState: null }],
    ['unknown', { subscriptionId: 'sub-9' }],
    ['unknown', { subscriptionId: 'sub-1,sub-2' }],
    ['invalid', { subscriptionId: 7 }],
  ])('that is %s does nothing and is counted: %o', async (result, change) => {
    const before = await countOf(result);
    const response = await send([notification(change)]);
    expect(response.statusCode).toBe(202);
    expect(api.controls.calls).toEqual([]);
    expect(await countOf(result)).toBe(before + 1);
  });

  test('that comes again does nothing a second time', async () => {
    const same = notification();
    await send([same, same]);
    await send([same]);
    expect(api.controls.calls).toEqual([['notifyArrival', 'sales']]);
    expect(await countOf('replayed')).toBeGreaterThanOrEqual(2);
  });

  test('that names no message is a copy for a minute, and not for ever', async () => {
    const nameless = notification({ resourceData: undefined });
    await send([nameless, nameless]);
    const later = vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 61_000);
    await send([nameless]);
    later.mockRestore();
    expect(api.controls.calls).toEqual([
      ['notifyArrival', 'sales'],
      ['notifyArrival', 'sales'],
    ]);
  });

  test('for which the pull cannot be told is sent again by Graph, and taken then', async () => {
    const same = notification();
    api.controls.failure = new ServiceError('Unavailable', 'Temporal is away');
    expect((await send([same])).statusCode).toBe(503);
    api.controls.reset();
    expect((await send([same])).statusCode).toBe(202);
    expect(api.controls.calls).toEqual([['notifyArrival', 'sales']]);
  });

  test('of a paused account is left alone', async () => {
    await api.stores.accounts.changeState('support', 'paused', 'a test');
    await send([notification({ subscriptionId: 'sub-3' })]);
    expect(api.controls.calls).toEqual([]);
    await api.stores.accounts.changeState('support', 'active', undefined);
  });

  test.each([{ mode: 'manual' as const }, { push: false }])(
    'of an account that wants none is left alone: %o',
    async (change) => {
      await api.stores.accountSettings.change('support', change);
      await send([notification({ subscriptionId: 'sub-3' })]);
      expect(api.controls.calls).toEqual([]);
      await api.stores.accountSettings.change('support', { mode: 'auto', push: true });
    },
  );

  test('shows neither secret nor message in the log', async () => {
    const own = notification();
    await send([own, notification({ clientState: 'a guess' })]);
    const log = api.logged.join('');
    for (const hidden of [STATE, 'a guess', own.resourceData.id]) expect(log).not.toContain(hidden);
  });
});

/** Pulls that answer only when they are let go; what they hold is sent again meanwhile, as after a crash. */
function holdPulls() {
  const { notifyArrival } = api.controls;
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  Object.assign(api.controls, { notifyArrival: () => promise });
  return () => {
    Object.assign(api.controls, { notifyArrival });
    resolve();
  };
}

test('a pull that does not answer holds up no answer of ours, and is told again when Graph sends it again', async () => {
  const letGo = holdPulls();
  const same = notification();
  expect((await send([same])).statusCode).toBe(202);
  const told: string[] = [];
  Object.assign(api.controls, { notifyArrival: async (id: string) => void told.push(id) });
  expect((await send([same])).statusCode).toBe(202);
  expect(told).toEqual(['sales']);
  letGo();
});

test('what is sent by the hundred is looked up at once, and of many requests some have to come again', async () => {
  const look = vi.spyOn(api.deps.push, 'findByProviderIds');
  await send(Array.from({ length: 500 }, (_, index) => notification({ subscriptionId: `none-${index}` })));
  expect(look).toHaveBeenCalledTimes(1);
  look.mockRestore();
  const letGo = holdPulls();
  const answers = await Promise.all(Array.from({ length: 25 }, () => send([notification()])));
  const handshake = '/webhooks/graph?validationToken=x';
  expect((await api.app.inject({ method: 'POST', url: handshake })).body).toBe('x');
  letGo();
  expect(answers.filter(({ statusCode }) => statusCode === 503)).toHaveLength(5);
  const again = async () => expect((await send([notification()])).statusCode).toBe(202);
  await vi.waitFor(again, { timeout: 20_000 });
});

describe('a lifecycle event', () => {
  const path = '/webhooks/graph/lifecycle';

  test.each(['reauthorizationRequired', 'subscriptionRemoved'])(
    '%s makes the subscription due',
    async (event) => {
      const { changeType: _, resourceData: __, ...head } = notification({ subscriptionId: 'sub-3' });
      await api.stores.push.save('support', { id: 'sub-3', expiresAt: new Date(Date.now() + 86_400_000) });
      expect(await api.stores.push.isDue('support', new Date())).toBe(false);
      expect((await send([{ ...head, lifecycleEvent: event }], path)).statusCode).toBe(202);
      expect(await api.stores.push.isDue('support', new Date())).toBe(true);
      expect(api.controls.calls).toEqual([['notifyArrival', 'support']]);
    },
  );

  test('missed pulls, and leaves the subscription as it is', async () => {
    const head = { subscriptionId: 'sub-1', clientState: STATE };
    await send([{ ...head, lifecycleEvent: 'missed' }], path);
    expect(await api.stores.push.isDue('sales', new Date())).toBe(false);
    expect(api.controls.calls).toEqual([['notifyArrival', 'sales']]);
  });

  test('that is forged changes nothing', async () => {
    await send([{ subscriptionId: 'sub-1', clientState: 'x', lifecycleEvent: 'subscriptionRemoved' }], path);
    expect(await api.stores.push.isDue('sales', new Date())).toBe(false);
    expect(api.controls.calls).toEqual([]);
  });
});
