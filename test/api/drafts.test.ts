import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { messageWorkflowId } from '../../src/contract/workflow-ids.ts';
import { ServiceError } from '../../src/domain/service-error.ts';
import { openTestApi, type TestApi } from './support/open-test-api.ts';
import { seedMail } from './support/seed-mail.ts';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());
beforeEach(() => api.controls.reset());

const HASH = 'ab'.repeat(32);
const get = (url: string) => api.app.inject({ url });
const post = (url: string, payload?: object) =>
  api.app.inject({ method: 'POST', url, ...(payload ? { payload } : {}) });

async function seedDraft(subject: string): Promise<{ id: string; messageId: string }> {
  const [messageId = ''] = await seedMail(api, [{ subject }]);
  const draft = await api.stores.drafts.propose({
    id: randomUUID(),
    messageId,
    accountId: 'sales',
    state: 'pending',
    from: { name: 'Sales', address: 'sales@example.org' },
    to: [{ name: 'Ada', address: 'ada@example.com' }],
    cc: [],
    subject: `Re: ${subject}`,
    text: 'Thank you.',
    inReplyTo: undefined,
    references: [],
    hash: HASH,
    automatic: false,
  });
  return { id: draft.id, messageId };
}

test('lists by state and shows one, also with its message', async () => {
  const { id, messageId } = await seedDraft('Listed');
  const page = (await get('/api/drafts?state=pending')).json();
  expect(page.items).toMatchObject([
    { id, subject: 'Re: Listed', hash: HASH, delivery: null, inReplyTo: null },
  ]);
  expect((await get('/api/drafts?state=rejected')).json().items).toEqual([]);
  expect((await get('/api/drafts?state=lost')).statusCode).toBe(400);
  expect((await get(`/api/drafts/${id}`)).json().text).toBe('Thank you.');
  expect((await get(`/api/messages/${messageId}`)).json().draft.id).toBe(id);
  expect((await get('/api/drafts/nope')).statusCode).toBe(404);
});

test.each([
  ['approve', 'approved'],
  ['reject', 'rejected'],
] as const)('takes %s to the run that waits; twice is harmless', async (verb, state) => {
  const { id, messageId } = await seedDraft(`To ${verb}`);
  api.controls.alive.add(messageWorkflowId('sales', messageId));
  expect((await post(`/api/drafts/${id}/${verb}`, { hash: HASH, by: 'ada' })).statusCode).toBe(200);
  expect(api.controls.calls).toEqual([
    ['decideDraft', { accountId: 'sales', messageId }, { draftId: id, hash: HASH, verdict: verb, by: 'ada' }],
  ]);
  await api.stores.drafts.decide(id, HASH, state, 'ada');
  api.controls.reset();
  expect((await post(`/api/drafts/${id}/${verb}`, { hash: HASH })).json()).toMatchObject({
    state,
    decidedBy: 'ada',
  });
  const other = verb === 'approve' ? 'reject' : 'approve';
  expect((await post(`/api/drafts/${id}/${other}`, { hash: HASH })).statusCode).toBe(409);
});

test('tells a run that still waits of the decision that is on record, and what it says against it', async () => {
  const { id, messageId } = await seedDraft('Untold');
  await api.stores.drafts.decide(id, HASH, 'approved', 'ada');
  api.controls.alive.add(messageWorkflowId('sales', messageId));
  expect((await post(`/api/drafts/${id}/approve`, { hash: HASH })).statusCode).toBe(200);
  expect(api.controls.calls.map(([name]) => name)).toEqual(['decideDraft']);
  const tell = api.controls.decideDraft;
  api.controls.decideDraft = async () => {
    throw new ServiceError('Conflict', 'Nothing can be sent: SMTP is not configured');
  };
  expect((await post(`/api/drafts/${id}/approve`, { hash: HASH })).statusCode).toBe(409);
  api.controls.status = { ...api.controls.status, waitingFor: 'nothing' };
  expect((await post(`/api/drafts/${id}/approve`, { hash: HASH })).statusCode).toBe(200);
  api.controls.status = { ...api.controls.status, waitingFor: 'approval' };
  api.controls.decideDraft = tell;
});

test('refuses a decision on an older text, without a waiting run, or by an address', async () => {
  const { id } = await seedDraft('Refused');
  const older = await post(`/api/drafts/${id}/approve`, { hash: 'cd'.repeat(32) });
  expect(older.statusCode).toBe(409);
  expect(older.json().fix).toContain('present hash');
  expect((await post(`/api/drafts/${id}/approve`, { hash: HASH })).statusCode).toBe(409);
  for (const body of [{}, { hash: 'x' }, { hash: HASH, by: 'ada@example.com' }]) {
    expect((await post(`/api/drafts/${id}/approve`, body)).statusCode).toBe(400);
  }
  expect((await post('/api/drafts/nope/approve', { hash: HASH })).statusCode).toBe(404);
  expect((await post('/api/drafts/nope/reject', { hash: HASH })).statusCode).toBe(404);
});

test('settles only a delivery that is UNKNOWN', async () => {
  const { id, messageId } = await seedDraft('Settled');
  expect((await post(`/api/drafts/${id}/settle`, { arrived: true })).statusCode).toBe(409);
  const delivery = await api.stores.drafts.intend(id, randomUUID(), 'a@example.org');
  await api.stores.drafts.moveDelivery(delivery.id, 'INTENT', 'SENDING');
  await api.stores.drafts.moveDelivery(delivery.id, 'SENDING', 'UNKNOWN');
  expect((await get('/api/drafts?deliveryState=UNKNOWN')).json().items).toHaveLength(1);
  const settled = await post(`/api/drafts/${id}/settle`, { arrived: true });
  expect(settled.json().delivery.state).toBe('SENT');
  expect((await api.stores.messageList.get(messageId)).outcome).toBe('sent');
  expect((await post(`/api/drafts/${id}/settle`, { arrived: 'yes' })).statusCode).toBe(400);
  expect((await post('/api/drafts/nope/settle', { arrived: true })).statusCode).toBe(404);
});

test('shows at a reply that it came back, and at the report which reply it was', async () => {
  const { id, messageId } = await seedDraft('Reply that bounces');
  const originalMessageId = `${id}@example.org`;
  await api.stores.drafts.intend(id, `v-${id}`, originalMessageId);
  await api.sql`update delivery set state = 'SENT' where draft_id = ${id}`;
  const recipient = {
    address: 'ada@example.com',
    status: '5.1.1',
    reason: 'userunknown',
    hard: true,
  } as const;
  const bounce = { recipients: [recipient], originalMessageId };
  const automatic = { kind: 'bounce', reasons: ['Content-Type: multipart/report'], bounce } as const;
  const [report = ''] = await seedMail(api, [{ subject: 'Undelivered', view: { automatic } }]);
  await api.stores.bounces.record('sales', report, bounce);

  expect((await get(`/api/messages/${messageId}`)).json().draft).toMatchObject({
    delivery: { state: 'SENT' },
    bounces: [{ messageId: report, recipients: [recipient] }],
  });
  expect((await get(`/api/messages/${report}`)).json().body.automatic).toEqual({
    kind: 'bounce',
    reasons: ['Content-Type: multipart/report'],
    bounce: { ...bounce, reply: { draftId: id, messageId, subject: 'Re: Reply that bounces' } },
    feedback: null,
  });
});
