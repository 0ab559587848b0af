import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { messageWorkflowId } from '../../src/contract/workflow-ids.ts';
import { ServiceError } from '../../src/domain/service-error.ts';
import { LOCAL } from '../activities/support/readings.ts';
import { openTestApi, type TestApi } from './support/open-test-api.ts';
import { rawMail, seedMail } from './support/seed-mail.ts';

const PROVENANCE = { ...LOCAL.provenance, ruleVersion: 'r1', pipelineVersion: 'p1' };

let api: TestApi;
let ids: string[];

beforeAll(async () => {
  api = await openTestApi();
  const at = (minute: number) => new Date(Date.UTC(2025, 2, 14, 9, minute));
  ids = await seedMail(api, [
    { subject: 'Order of pumps', receivedAt: at(1) },
    { subject: 'Invoice overdue', receivedAt: at(2), view: { language: 'de' } },
    { subject: 'Pumps again', receivedAt: at(3), view: { inReplyTo: 'Order%20of%20pumps@example.com' } },
    { subject: 'Unread', receivedAt: at(4), read: false },
  ]);
  const classification = {
    category: 'order',
    confidence: 0.9,
    reasons: [{ text: 'says order', weight: 0.9 }],
    alternatives: [{ category: 'other', confidence: 0.1 }],
    labels: [{ category: 'complaint', confidence: 0.4 }],
    needsAction: true,
    needsActionReasons: [{ text: 'asks a question', weight: 1 }],
    needsPerson: 'two reads disagree: order (local) or complaint (model)',
  };
  await api.stores.messages.saveDecided(
    ids[0] ?? '',
    {
      provenance: PROVENANCE,
      classification,
      priority: { priority: 'HIGH', reasons: [], answerDue: '2025-03-14T13:00:00.000Z' },
      summary: { line: 'Pumps', points: [] },
      findings: {
        entities: [],
        sentiment: { score: 0, label: 'neutral', reasons: [] },
        nextAction: { action: 'answer', reason: 'asks for pumps' },
      },
    },
    'summarize',
  );
});
afterAll(() => api.close());
beforeEach(() => api.controls.reset());

const get = (url: string) => api.app.inject({ url });
const post = (url: string, payload?: object) =>
  api.app.inject({ method: 'POST', url, ...(payload ? { payload } : {}) });
const subjects = (response: { json(): { items: { subject: string }[] } }) =>
  response.json().items.map((item) => item.subject);

describe('GET /api/messages', () => {
  test('lists newest first with what lists show', async () => {
    const response = await get('/api/messages');
    expect(response.statusCode).toBe(200);
    expect(response.json().items).toHaveLength(4);
    expect(response.json().nextCursor).toBeNull();
    expect(response.json().items[3]).toMatchObject({
      id: ids[0],
      subject: 'Order of pumps',
      from: { name: 'Ada', address: 'ada@example.com' },
      receivedAt: '2025-03-14T09:01:00.000Z',
      category: 'order',
      priority: 'HIGH',
    });
  });

  test.each([
    ['priority=HIGH', ['Order of pumps']],
    ['category=order', ['Order of pumps']],
    ['label=complaint', ['Order of pumps']],
    ['label=order', []],
    ['label=%22%5D%25', []],
    ['needsPerson=true', ['Order of pumps']],
    ['needsPerson=false', ['', 'Pumps again', 'Invoice overdue']],
    ['overdue=true', ['Order of pumps']],
    ['language=de', ['Invoice overdue']],
    ['state=parked', ['']],
    ['accountId=nobody', []],
    ['q=pumps', ['Pumps again', 'Order of pumps']],
    ['q=pumps -again', ['Order of pumps']],
    ['q="pumps again" %26 | ! :* <->', ['Pumps again']],
  ])('filters by %s', async (query, expected) => {
    expect(subjects(await get(`/api/messages?${query}`))).toEqual(expected);
  });

  test('walks all pages and shows each message once', async () => {
    const seen: string[] = [];
    let url = '/api/messages?limit=1';
    for (let pages = 0; pages < 10; pages++) {
      const page = (await get(url)).json();
      seen.push(...page.items.map((item: { id: string }) => item.id));
      if (page.nextCursor === null) break;
      url = `/api/messages?limit=1&cursor=${page.nextCursor}`;
    }
    expect(seen).toEqual([...ids].reverse());
  });
});

describe('GET /api/messages/:id', () => {
  test('shows body, analysis with reasons, and the live run', async () => {
    const id = ids[0] ?? '';
    api.controls.alive.add(messageWorkflowId('sales', id));
    const detail = (await get(`/api/messages/${id}`)).json();
    expect(detail.body).toMatchObject({ text: 'About Order of pumps.', automatic: { kind: 'person' } });
    expect(detail.analysis.classification.reasons).toEqual([{ text: 'says order', weight: 0.9 }]);
    expect(detail).toMatchObject({ draft: null, partnerSync: null });
    expect(detail.analysis).toMatchObject({ ruleVersion: 'r1', pipelineVersion: 'p1' });
    expect(detail.analysis.classification).toMatchObject({
      labels: [{ category: 'complaint', confidence: 0.4 }],
      needsAction: true,
      needsActionReasons: [{ text: 'asks a question', weight: 1 }],
      needsPerson: 'two reads disagree: order (local) or complaint (model)',
    });
    expect(detail.run).toMatchObject({
      status: 'running',
      stage: 'approval',
      waitingFor: 'approval',
      workflowUrl: `http://localhost:8233/namespaces/mailroom/workflows/message%2Fsales%2F${id}`,
    });
  });

  test('stays readable while Temporal is down', async () => {
    api.controls.failure = new ServiceError('Unavailable', 'Temporal cannot be reached');
    const detail = (await get(`/api/messages/${ids[0]}`)).json();
    expect(detail.run).toMatchObject({ status: 'unknown', problem: 'Temporal cannot be reached' });
  });

  test('knows an unread one, and says 404 for one that is not there', async () => {
    expect((await get(`/api/messages/${ids[3]}`)).json()).toMatchObject({ body: null, analysis: null });
    const missing = await get('/api/messages/nope');
    expect(missing.statusCode).toBe(404);
    expect(missing.headers['content-type']).toContain('application/problem+json');
    expect(missing.json()).toMatchObject({ status: 404, detail: 'There is no message "nope"' });
  });
});

test('downloads the source byte for byte, never shown inline', async () => {
  const response = await get(`/api/messages/${ids[1]}/source`);
  expect(response.rawPayload.equals(rawMail('Invoice overdue'))).toBe(true);
  expect(response.headers['content-type']).toBe('message/rfc822');
  expect(response.headers['content-disposition']).toMatch(/^attachment; filename="[0-9a-f]{16}\.eml"$/);
  expect(response.headers['x-content-type-options']).toBe('nosniff');
  expect((await get('/api/messages/nope/source')).statusCode).toBe(404);
});

test('shows a conversation oldest first', async () => {
  expect(subjects(await get(`/api/messages/${ids[2]}/conversation`))).toEqual([
    'Order of pumps',
    'Pumps again',
  ]);
  expect(subjects(await get(`/api/messages/${ids[3]}/conversation`))).toEqual(['']);
  expect((await get('/api/messages/nope/conversation')).statusCode).toBe(404);
});

describe('controls', () => {
  test('a retry of a quarantined message reopens it, closes the entry and starts a run', async () => {
    const [id = ''] = await seedMail(api, [{ subject: 'Broken' }]);
    await api.stores.quarantine.addMessage({
      messageId: id,
      stage: 'sync',
      failureType: 'Rejected',
      reason: 'no',
    });
    const response = await post(`/api/messages/${id}/retry`);
    expect(response.statusCode).toBe(202);
    expect(response.json()).toEqual({ result: 'started', state: 'parked' });
    expect(api.controls.calls.at(-1)).toEqual(['retryMessage', { accountId: 'sales', messageId: id }]);
    expect(await api.stores.quarantine.countOpen()).toBe(0);
    expect((await api.stores.messageList.get(id)).state).toBe('parked');
  });

  test('a retry changes nothing while Temporal is down', async () => {
    const [id = ''] = await seedMail(api, [{ subject: 'Broken too' }]);
    await api.stores.quarantine.addMessage({
      messageId: id,
      stage: 'sync',
      failureType: 'Rejected',
      reason: 'no',
    });
    api.controls.failure = new ServiceError('Unavailable', 'Temporal cannot be reached', {
      fix: 'Start it.',
    });
    const response = await post(`/api/messages/${id}/retry`);
    expect(response.statusCode).toBe(503);
    expect(response.headers['retry-after']).toBe('5');
    expect(response.json()).toMatchObject({ detail: 'Temporal cannot be reached', fix: 'Start it.' });
    expect((await api.stores.messageList.get(id)).state).toBe('quarantined');
    expect(await api.stores.quarantine.countOpen()).toBe(1);
  });

  test('a retry hurries a run that is alive and refuses a processed message', async () => {
    const [running = '', done = ''] = await seedMail(api, [{ subject: 'Running' }, { subject: 'Done' }]);
    api.controls.alive.add(messageWorkflowId('sales', running));
    expect((await post(`/api/messages/${running}/retry`)).json()).toEqual({
      result: 'hurried',
      state: 'running',
    });
    await api.stores.messages.settle(done, 'processed', undefined);
    expect((await post(`/api/messages/${done}/retry`)).statusCode).toBe(409);
    expect((await post(`/api/messages/${done}/skip`)).statusCode).toBe(409);
  });

  test.each([
    ['skip', 'skipMessage', 'skipped'],
    ['cancel', 'cancelMessage', 'cancelled'],
  ])(
    '%s asks a run that is alive, and changes the record of one that is not',
    async (verb, control, state) => {
      const [alive = '', dead = ''] = await seedMail(api, [
        { subject: `Alive ${verb}` },
        { subject: `Dead ${verb}` },
      ]);
      api.controls.alive.add(messageWorkflowId('sales', alive));
      const asked = await post(`/api/messages/${alive}/${verb}`, { reason: 'a test' });
      expect(asked.json()).toEqual({ result: 'asked', state: 'running' });
      expect(api.controls.calls.at(-1)).toEqual([
        control,
        { accountId: 'sales', messageId: alive },
        { by: 'api', reason: 'a test' },
      ]);
      expect((await post(`/api/messages/${dead}/${verb}`)).json()).toEqual({ result: 'done', state });
      expect((await api.stores.messageList.get(dead)).state).toBe(state);
      expect((await post(`/api/messages/${dead}/${verb}`)).json()).toEqual({ result: 'done', state });
      expect((await post(`/api/messages/nope/${verb}`)).statusCode).toBe(404);
      expect((await post(`/api/messages/${alive}/${verb}`, { reason: 'x'.repeat(201) })).statusCode).toBe(
        400,
      );
    },
  );

  test('a priority goes through the run that is alive, else to the record', async () => {
    const put = (id: string, payload: object) =>
      api.app.inject({ method: 'PUT', url: `/api/messages/${id}/priority`, payload });
    const [id = ''] = await seedMail(api, [{ subject: 'Prioritise me' }]);
    expect((await put(id, { priority: 'URGENT' })).json()).toEqual({ result: 'done', state: 'running' });
    expect(await api.stores.messageList.get(id)).toMatchObject({ priority: 'URGENT', priorityBy: 'api' });
    api.controls.alive.add(messageWorkflowId('sales', id));
    expect((await put(id, { priority: 'LOW' })).json().result).toBe('asked');
    const wrong = await put(id, { priority: 'ASAP' });
    expect(wrong.statusCode).toBe(400);
    expect(wrong.json().errors[0].field).toBe('priority');
    expect((await put('nope', { priority: 'LOW' })).statusCode).toBe(404);
  });
});
