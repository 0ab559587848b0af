import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openTestApi, type TestApi } from './support/open-test-api.ts';
import { seedMail } from './support/seed-mail.ts';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());
beforeEach(() => {
  api.controls.reset();
  api.scheduled.length = 0;
});

const get = (url: string) => api.app.inject({ url });
const remove = (url: string) => api.app.inject({ method: 'DELETE', url });
const post = (url: string, payload: object) => api.app.inject({ method: 'POST', url, payload });
const FILES = { kind: 'files', name: 'Archive', address: 'archive@example.org' };

test('an account that is removed keeps its mail, is read no more and holds its id', async () => {
  const [id = ''] = await seedMail(api, [{ subject: 'kept' }], 'old');
  const removed = await remove('/api/accounts/old');
  expect(removed.statusCode).toBe(200);
  expect(removed.json()).toMatchObject({ state: 'removed', health: { state: 'removed' } });
  expect(api.scheduled).toEqual([['remove', 'old']]);
  expect(api.mailboxes.ended).toEqual(['old']);
  expect((await get(`/api/messages/${id}`)).statusCode).toBe(200);
  for (const verb of ['pull', 'pause', 'resume', 'test']) {
    const refused = await post(`/api/accounts/old/${verb}`, {});
    expect([verb, refused.statusCode]).toEqual([verb, 409]);
  }
  const batch = await post('/api/batches', { accountId: 'old', messages: [{ raw: 'Subject: late\n\nx' }] });
  expect([batch.statusCode, batch.json().detail]).toEqual([409, expect.stringContaining('was removed')]);
  const again = await post('/api/accounts', { ...FILES, id: 'old' });
  expect(again.statusCode).toBe(409);
  expect(again.json().fix).toContain('data=delete&confirm=old');
});

test('its data are deleted by a run, and only when the id is given once more', async () => {
  await seedMail(api, [{ subject: 'doomed' }], 'older');
  for (const query of ['data=delete', 'data=delete&confirm=other']) {
    const refused = await remove(`/api/accounts/older?${query}`);
    expect(refused.statusCode).toBe(400);
    expect(refused.json().fix).toContain('confirm=older');
  }
  expect((await get('/api/accounts/older')).json().state).toBe('active');
  const accepted = await remove('/api/accounts/older?data=delete&confirm=older');
  expect(accepted.statusCode).toBe(202);
  expect(accepted.json()).toMatchObject({ accountId: 'older', workflowId: 'remove/older' });
  expect(api.controls.calls).toEqual([['removeAccount', 'older']]);
});

test('a message that is deleted has its run ended first, and is gone', async () => {
  const [id = ''] = await seedMail(api, [{ subject: 'wrong address' }], 'desk');
  const workflowId = `message/desk/${id}`;
  api.controls.alive.add(workflowId);
  const cancel = api.controls.cancelMessage;
  api.controls.cancelMessage = async (...args) => {
    const told = await cancel(...args);
    api.controls.alive.delete(workflowId);
    return told;
  };
  expect((await remove(`/api/messages/${id}`)).statusCode).toBe(204);
  expect(api.controls.calls[0]).toEqual([
    'cancelMessage',
    { accountId: 'desk', messageId: id },
    { by: 'api', reason: 'deleted' },
  ]);
  expect((await get(`/api/messages/${id}`)).statusCode).toBe(404);
  expect(await api.sql`select by from tombstone where account_id = 'desk'`).toMatchObject([{ by: 'api' }]);
  expect((await remove(`/api/messages/${id}`)).statusCode).toBe(404);
});

test('health and ledger of all accounts come with the list, and as metrics', async () => {
  await seedMail(api, [{ subject: 'waits', read: false }], 'busy');
  await api.sql`update message set parked_at = now() - interval '15 minutes' where account_id = 'busy'`;
  await api.sql`update account set files = '{"path":"/mail","layout":"folder"}' where id = 'busy'`;
  await api.sql`insert into audit (id, account_id, state, finished_at, listed, missing, healed, processed)
    values ('a1', 'busy', 'completed', now(), 5, 3, 1, 2)`;
  api.mailboxes.nextRuns.set('busy', new Date('2030-01-01T00:00:00Z'));
  const { items } = (await get('/api/accounts')).json();
  const busy = items.find(({ id }: { id: string }) => id === 'busy');
  expect(busy.ledger).toMatchObject({ listed: 5, processed: 2, missing: 3, unaccounted: 2 });
  expect(busy.health).toMatchObject({
    state: 'failing',
    unfinished: 1,
    nextRunAt: '2030-01-01T00:00:00.000Z',
    lastMessageAt: expect.any(String),
  });
  expect(busy.health.lagSeconds).toBeGreaterThanOrEqual(900);
  const { body } = await get('/metrics');
  expect(body).toContain('mailroom_account_health{account="busy",state="failing"} 1');
  expect(body).toContain('mailroom_account_health{account="busy",state="idle"} 0');
  expect(body).toContain('mailroom_account_sign_in_refused{account="busy"} 0');
  expect(body).toMatch(/mailroom_account_lag_seconds\{account="busy"\} (?:9\d\d|\d{4,})\b/);
  expect(body).toMatch(/mailroom_account_last_message_timestamp\{account="busy"\} 1\d{9}/);
});
