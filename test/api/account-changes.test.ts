import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ServiceError } from '../../src/domain/service-error.ts';
import { openTestApi, type TestApi } from './support/open-test-api.ts';
import { seedMail } from './support/seed-mail.ts';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi({ config: { importRoots: [import.meta.dirname] } });
  await send('POST', '/api/accounts', IMAP);
});
afterAll(() => api.close());
beforeEach(() => {
  api.controls.reset();
  api.scheduled.length = 0;
  api.mailboxes.test = { ok: true, lines: ['INBOX: 3 messages'] };
  api.mailboxes.tested.length = 0;
});

const send = (method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE', url: string, payload?: object) =>
  api.app.inject({ method, url, ...(payload ? { payload } : {}) });
const show = async (id: string) => (await send('GET', `/api/accounts/${id}`)).json();

const SHARED = { name: 'Mail', address: 'mail@example.org' };
const IMAP = {
  ...SHARED,
  id: 'support',
  kind: 'imap',
  imap: { host: 'imap.example.org', username: 'support' },
  secret: 'hunter2',
};
const MICROSOFT = { provider: 'microsoft', clientId: 'c1', tenant: 'example.org' };
const GRAPH = { ...SHARED, id: 'orders', kind: 'graph', oauth: MICROSOFT };
const GMAIL = {
  ...SHARED,
  id: 'gm',
  kind: 'gmail',
  oauth: { provider: 'google', clientId: 'c2' },
  secret: 's',
};
const FOLDER = { ...SHARED, id: 'drop', kind: 'files', files: { path: import.meta.dirname } };
const REFUSED = {
  ok: false as const,
  type: 'AuthenticationFailed' as const,
  fault: 'The server said NO',
  fix: 'Check the password.',
};

test('fills in what is known of each provider, and keeps every setting', async () => {
  const graph = await send('POST', '/api/accounts', {
    ...GRAPH,
    limits: { lookBackDays: 30, messagesPerDay: 500 },
    writeBack: { seen: true, folder: 'Done' },
    push: false,
  });
  expect(graph.json()).toMatchObject({
    mode: 'hybrid',
    push: false,
    graph: { mailbox: 'me', folders: ['inbox'], baseUrl: 'https://graph.microsoft.com' },
    oauth: {
      grant: 'user',
      tokenUrl: 'https://login.microsoftonline.com/example.org/oauth2/v2.0/token',
      scopes: ['openid', 'email', 'profile', 'offline_access', 'https://graph.microsoft.com/Mail.ReadWrite'],
    },
    limits: { lookBackDays: 30, messagesPerDay: 500, bytesPerDay: null },
    writeBack: { seen: true, label: null, folder: 'Done' },
    health: { state: 'failing', fix: expect.stringContaining('account login orders') },
    ledger: null,
  });
  expect((await send('POST', '/api/accounts', GMAIL)).json()).toMatchObject({
    gmail: { labels: ['INBOX'], topic: null },
    oauth: { tokenUrl: 'https://oauth2.googleapis.com/token' },
  });
  expect((await send('POST', '/api/accounts', FOLDER)).json()).toMatchObject({
    mode: 'hybrid',
    files: { path: import.meta.dirname, layout: 'folder' },
  });
});

test.each([
  ['graph without a sign-in', { ...GRAPH, oauth: undefined }, 'oauth'],
  ['graph by Google', { ...GRAPH, oauth: { provider: 'google', clientId: 'x' } }, 'must be microsoft'],
  [
    'a client without its secret',
    { ...GRAPH, oauth: { ...MICROSOFT, grant: 'client' } },
    'secret of the client',
  ],
  [
    'another provider without endpoints',
    { ...IMAP, oauth: { provider: 'other', clientId: 'x' } },
    'tokenUrl',
  ],
  ['a token URL in the clear', { ...IMAP, oauth: { ...MICROSOFT, tokenUrl: 'http://x.example' } }, 'https'],
  ['a pull every second', { ...IMAP, pullEverySeconds: 1 }, '30 seconds at least'],
  ['a folder outside of the roots', { ...FOLDER, files: { path: '/etc' } }, 'MAILROOM_IMPORT_ROOTS'],
  ['a relative folder', { ...FOLDER, files: { path: 'mail' } }, 'absolute'],
])('refuses %s, naming the field and the fix', async (_what, body, fix) => {
  const response = await send('POST', '/api/accounts', { ...body, id: 'x' });
  expect([400, 403]).toContain(response.statusCode);
  expect(response.json().fix).toContain(fix);
});

test('changes what is named, lifts a limit by null, and the schedule follows', async () => {
  const change = (body: object) => send('PATCH', '/api/accounts/support', body);
  const changed = await change({
    name: 'Help',
    pullEverySeconds: 300,
    folders: ['INBOX', 'Late'],
    limits: { messagesPerMinute: 60, messagesPerDay: 900 },
  });
  expect(changed.json()).toMatchObject({
    name: 'Help',
    address: 'mail@example.org',
    pullEverySeconds: 300,
    imap: { host: 'imap.example.org', folders: ['INBOX', 'Late'] },
    limits: { messagesPerMinute: 60, messagesPerDay: 900 },
  });
  expect(api.scheduled).toEqual([['ensure', 'support']]);
  const lifted = await change({ limits: { messagesPerDay: null }, writeBack: { seen: true } });
  expect(lifted.json()).toMatchObject({
    limits: { messagesPerMinute: 60, messagesPerDay: null },
    writeBack: { seen: true },
  });
  expect((await change({ writeBack: { folder: 'Done' } })).json()).toMatchObject({
    writeBack: { seen: true, label: null, folder: 'Done' },
  });
  expect((await change({ writeBack: { folder: null, label: 'x' } })).json()).toMatchObject({
    writeBack: { seen: true, label: 'x', folder: null },
  });
  expect((await change({ limits: null, writeBack: null })).json()).toMatchObject({
    limits: { messagesPerMinute: null },
    writeBack: null,
  });
  expect(api.scheduled).toHaveLength(1);
  expect((await change({})).statusCode).toBe(400);
  expect((await change({ labels: ['x'] })).json().fix).toContain('Use `folders`');
});

test('tells the exact fault of a mailbox and the fix, stored or not, and never a secret', async () => {
  expect((await send('POST', '/api/accounts/support/test')).json()).toEqual({
    ok: true,
    lines: ['INBOX: 3 messages'],
    fault: null,
    fix: null,
  });
  api.mailboxes.test = REFUSED;
  const response = await send('POST', '/api/account-tests', { ...IMAP, id: 'new' });
  expect(response.json()).toEqual({ ok: false, lines: [], fault: REFUSED.fault, fix: REFUSED.fix });
  expect(response.body + api.logged.join('')).not.toContain('hunter2');
  expect(api.mailboxes.tested).toEqual([
    ['support', 'imap'],
    ['new', 'imap', 'hunter2'],
  ]);
  expect((await send('GET', '/api/accounts/new')).statusCode).toBe(404);
});

test('switches to another mailbox once that opens, keeps the mail and reads from the look-back on', async () => {
  const [id = ''] = await seedMail(api, [{ subject: 'kept' }], 'support');
  const connection = { kind: 'imap', imap: { host: 'new.example.org', username: 'u' }, secret: 'other' };
  api.mailboxes.test = REFUSED;
  const refused = await send('PUT', '/api/accounts/support/connection', connection);
  expect(refused.statusCode).toBe(422);
  expect(refused.json().detail).toContain(REFUSED.fault);
  expect((await show('support')).imap.host).toBe('imap.example.org');
  const forced = await send('PUT', '/api/accounts/support/connection', { ...connection, force: true });
  expect(forced.json()).toMatchObject({
    imap: { host: 'new.example.org', folders: ['INBOX'] },
    lastSyncedAt: null,
  });
  expect((await send('GET', `/api/messages/${id}`)).statusCode).toBe(200);
  const [row] = await api.sql`select cursor from mailbox_cursor where account_id = 'support'`;
  expect(row?.cursor).toMatch(/^reset:/);
  expect(api.mailboxes.ended).toContain('support');
  // The pull that runs may sleep out a wait that the mailbox before asked for.
  expect(api.controls.calls).toContainEqual(['cancelPull', 'support']);
  // It may be a day to the next time of its schedule.
  expect(api.scheduled.at(-1)).toEqual(['resume', 'support']);
  api.controls.failure = new ServiceError('Unavailable', 'Temporal cannot be reached');
  const kind = await send('PUT', '/api/accounts/support/connection', { kind: 'graph', oauth: MICROSOFT });
  api.controls.reset();
  expect(kind.json()).toMatchObject({ kind: 'graph', imap: null, oauth: { provider: 'microsoft' } });
});

test('a new password resumes an account that was paused for the old one, and only such a one', async () => {
  await send('POST', '/api/accounts', { ...IMAP, id: 'desk' });
  const put = (body: object) => send('PUT', '/api/accounts/desk/secret', body);
  await send('POST', '/api/accounts/desk/pause', { reason: 'holiday' });
  expect((await put({ secret: 'a' })).json().state).toBe('paused');
  await api.stores.accounts.recordPull('desk', 'The server refused it');
  await api.stores.accounts.changeState('desk', 'paused', 'The server refused it. Check the password.');
  api.mailboxes.test = REFUSED;
  expect((await put({ secret: 'b' })).statusCode).toBe(422);
  api.mailboxes.test = { ok: true, lines: [] };
  expect((await put({ secret: 'b' })).json().state).toBe('active');
  const sealed = await api.stores.accounts.findSecret('desk');
  expect(Buffer.from(api.sealer.open(sealed ?? Buffer.of(), 'account/secret/desk')).toString()).toBe('b');
});

test('a switch resumes an account that the mailbox before had refused, and only such a one', async () => {
  await send('POST', '/api/accounts', { ...IMAP, id: 'moved' });
  const other = { kind: 'imap', imap: { host: 'new.example.org', username: 'u' }, secret: 'other' };
  const move = () => send('PUT', '/api/accounts/moved/connection', other);
  await send('POST', '/api/accounts/moved/pause', { reason: 'holiday' });
  expect((await move()).json().state).toBe('paused');
  await api.stores.accounts.recordPull('moved', 'The server refused it');
  await api.stores.accounts.changeState('moved', 'paused', 'The server refused it. Check the password.');
  api.scheduled.length = 0;
  expect((await move()).json()).toMatchObject({ state: 'active', stateReason: null });
  expect(api.scheduled.at(-1)).toEqual(['resume', 'moved']);
});

test('ends the subscription of what is pulled by hand, and asks anew when other folders are read', async () => {
  await send('POST', '/api/accounts', { ...IMAP, id: 'told' });
  const { push } = api.stores;
  const subscribe = async () => {
    await push.prepare('told', Buffer.from('sealed'));
    await push.save('told', { id: 'sub-1', expiresAt: new Date(Date.now() + 86_400_000) });
    expect(await push.isDue('told', new Date())).toBe(false);
  };
  await subscribe();
  await send('PATCH', '/api/accounts/told', { folders: ['INBOX', 'Orders'] });
  expect(await push.isDue('told', new Date())).toBe(true);
  expect(api.mailboxes.ended).not.toContain('told');
  for (const change of [{ push: false }, { mode: 'manual' }]) {
    await subscribe();
    api.mailboxes.ended.length = 0;
    expect((await send('PATCH', '/api/accounts/told', change)).statusCode).toBe(200);
    expect(api.mailboxes.ended).toEqual(['told']);
    expect(await push.find('told')).toBeUndefined();
  }
});
