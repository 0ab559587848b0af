import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openTestApi, type TestApi } from './support/open-test-api.ts';

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
const post = (url: string, payload?: object) =>
  api.app.inject({ method: 'POST', url, ...(payload ? { payload } : {}) });

const IMAP = {
  id: 'support',
  kind: 'imap',
  name: 'Support',
  address: 'Support@Example.org',
  imap: { host: 'imap.example.org', username: 'support' },
  secret: 'hunter2',
};
const FILES = { id: 'archive', kind: 'files', name: 'Archive', address: 'archive@example.org' };

test('adds an IMAP account with a sealed secret and a schedule, and never shows the secret', async () => {
  const response = await post('/api/accounts', IMAP);
  expect(response.statusCode).toBe(201);
  expect(response.headers.location).toBe('/api/accounts/support');
  expect(response.json()).toMatchObject({
    mode: 'hybrid',
    state: 'active',
    address: 'support@example.org',
    pullEverySeconds: 60,
    imap: { port: 993, security: 'tls', folders: ['INBOX'], allowSelfSigned: false },
  });
  const sealed = await api.stores.accounts.findSecret('support');
  expect(Buffer.from(api.sealer.open(sealed ?? Buffer.of(), 'account/secret/support')).toString()).toBe(
    'hunter2',
  );
  expect(api.scheduled).toEqual([['ensure', 'support']]);
  const shown = [response.body, (await get('/api/accounts')).body, (await get('/api/accounts/support')).body];
  expect(shown.join('') + api.logged.join('')).not.toContain('hunter2');
});

test('gives an account a budget of its own for models, and shows what is left of the day', async () => {
  const budget = async () => (await get('/api/accounts/support')).json().modelBudget;
  expect(await budget()).toEqual({ tokensPerDay: null, own: false, tokens: 0, calls: 0, refused: 0 });
  const put = (tokensPerDay: unknown) =>
    api.app.inject({ method: 'PUT', url: '/api/accounts/support/model-budget', payload: { tokensPerDay } });
  expect((await put(1500)).json().modelBudget).toMatchObject({ tokensPerDay: 1500, own: true });
  const { spending } = api.stores;
  expect(await spending.reserve('support', 2000, 1500)).toMatch(/^\d{4}-\d\d-\d\d$/);
  expect(await spending.reserve('support', 2000, 1500)).toBeUndefined();
  expect(await budget()).toEqual({ tokensPerDay: 1500, own: true, tokens: 2000, calls: 1, refused: 1 });
  const { body } = await get('/metrics');
  expect(body).toContain('mailroom_model_budget_tokens{account="support"} 1500');
  expect(body).toContain('mailroom_model_tokens_today{account="support"} 2000');
  expect(body).toContain('mailroom_model_refused_today{account="support"} 1');
  expect((await put(-1)).statusCode).toBe(400);
  expect((await put(null)).json().modelBudget).toMatchObject({ tokensPerDay: null, own: false });
});

test('adds a files account without a schedule; a taken id is a conflict', async () => {
  expect((await post('/api/accounts', FILES)).statusCode).toBe(201);
  expect(api.scheduled).toEqual([]);
  const again = await post('/api/accounts', FILES);
  expect(again.statusCode).toBe(409);
  expect(again.json().fix).toContain('another id');
});

test.each([
  [
    'a kind that is not there',
    { ...FILES, id: 'x', kind: 'pop3' },
    'kind: must be imap, graph, gmail or files',
  ],
  ['an id with blanks', { ...FILES, id: 'My Mail' }, 'id: must be a slug'],
  [
    'a name of two lines',
    { ...FILES, id: 'x', name: 'Help\r\nBcc: all@example.com' },
    'name: must be one line',
  ],
  [
    'a folder that no protocol can name',
    { ...IMAP, id: 'x', imap: { ...IMAP.imap, folders: ['INBOX\r\nx'] } },
    'imap.folders.0: must be one line',
  ],
  ['no address', { ...FILES, id: 'x', address: 'nobody' }, 'address: must be an e-mail address'],
  ['a schedule for files', { ...FILES, id: 'x', mode: 'auto' }, 'mode: must be manual'],
  ['an unknown field', { ...FILES, id: 'x', password: 'hunter2' }, 'password: is not known here'],
  ['IMAP without a secret', { ...IMAP, id: 'x', secret: undefined }, 'secret: '],
  ['a host with a scheme', { ...IMAP, id: 'x', imap: { host: 'imaps://x', username: 'u' } }, 'imap.host: '],
  [
    'a password in the clear',
    { ...IMAP, id: 'x', imap: { ...IMAP.imap, security: 'none' } },
    'Use tls or starttls',
  ],
  [
    'an unsigned certificate from outside',
    { ...IMAP, id: 'x', imap: { ...IMAP.imap, allowSelfSigned: true } },
    'certificate',
  ],
])('refuses %s, with the fix', async (_what, body, fix) => {
  const response = await post('/api/accounts', body);
  expect(response.statusCode).toBe(400);
  expect(response.json().fix).toContain(fix);
  expect(response.body).not.toContain('hunter2');
  expect((await get('/api/accounts/x')).statusCode).toBe(404);
});

test('pulls, pauses and resumes', async () => {
  const pulled = await post('/api/accounts/support/pull');
  expect(pulled.statusCode).toBe(202);
  expect(pulled.json()).toMatchObject({ workflowId: 'pull/support' });
  expect(api.controls.calls).toEqual([['pullNow', 'support']]);
  const paused = await post('/api/accounts/support/pause', { reason: 'moving house' });
  expect(paused.json()).toMatchObject({ state: 'paused', stateReason: 'moving house' });
  const refused = await post('/api/accounts/support/pull');
  expect(refused.statusCode).toBe(409);
  expect(refused.json().fix).toContain('/resume');
  const resumed = await post('/api/accounts/support/resume');
  expect(resumed.json()).toMatchObject({ state: 'active', stateReason: null });
  expect(api.scheduled).toEqual([
    ['pause', 'support', 'moving house'],
    ['ensure', 'support'],
    ['resume', 'support'],
  ]);
});

test('pulls nothing from files or from a mailbox that only its schedule reads', async () => {
  expect((await post('/api/accounts/archive/pull')).json().fix).toContain('/api/batches');
  await post('/api/accounts', { ...IMAP, id: 'auto', mode: 'auto' });
  const refused = await post('/api/accounts/auto/pull');
  expect(refused.statusCode).toBe(409);
  expect(refused.json().fix).toContain('every 60 s');
});

test('says 404 with the accounts that are there', async () => {
  for (const verb of ['pull', 'pause', 'resume']) {
    const response = await post(`/api/accounts/nope/${verb}`);
    expect(response.statusCode).toBe(404);
    expect(response.json().fix).toContain('support');
  }
});
