import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { API_ROUTES } from './support/api-routes.ts';
import { openTestApi, type TestApi } from './support/open-test-api.ts';

const KEY = 'correct-horse-battery-staple';

describe('with an API key', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await openTestApi({ config: { apiKey: KEY, host: '0.0.0.0' } });
  });
  afterAll(() => api.close());

  test.each(API_ROUTES)('%s %s asks for it', async (method, url) => {
    for (const headers of [{}, { authorization: 'Bearer wrong' }, { 'x-api-key': `${KEY}x` }]) {
      const response = await api.app.inject({ method, url, headers });
      expect(response.statusCode).toBe(401);
      expect(response.headers['www-authenticate']).toContain('Bearer');
      expect(response.headers['content-type']).toContain('application/problem+json');
      expect(response.body).not.toContain(KEY);
    }
  });

  test('asks before it reads a body', async () => {
    const response = await api.app.inject({
      method: 'POST',
      url: '/api/batches',
      headers: { 'content-type': 'application/json' },
      payload: '{ not json',
    });
    expect(response.statusCode).toBe(401);
  });

  test.each([{ authorization: `Bearer ${KEY}` }, { authorization: `bearer ${KEY}` }, { 'x-api-key': KEY }])(
    'lets it in as %o, from any host',
    async (headers) => {
      const response = await api.app.inject({
        url: '/api/messages',
        headers: { ...headers, host: 'mail.example.org' },
      });
      expect(response.statusCode).toBe(200);
    },
  );

  test.each(['/health/live', '/health', '/metrics', '/', '/docs/json'])('%s needs no key', async (url) => {
    expect((await api.app.inject({ url })).statusCode).toBe(200);
  });

  test('keeps the key and searches out of the log', async () => {
    await api.app.inject({ url: '/api/messages?q=confidential', headers: { 'x-api-key': KEY } });
    const log = api.logged.join('');
    expect(log).toContain('"route":"/api/messages"');
    expect(log).not.toContain(KEY);
    expect(log).not.toContain('confidential');
  });
});

describe('without a key', () => {
  let api: TestApi;
  let webRoot: string;
  beforeAll(async () => {
    webRoot = await mkdtemp(join(tmpdir(), 'mailroom-web-'));
    await mkdir(join(webRoot, 'assets'));
    await writeFile(join(webRoot, 'index.html'), '<title>built</title>');
    await writeFile(join(webRoot, 'assets', 'a.js'), 'alert(1)');
    api = await openTestApi({ config: { webRoot } });
  });
  afterAll(async () => {
    await api.close();
    await rm(webRoot, { recursive: true });
  });

  test.each(['localhost:3000', '127.0.0.1:3000', '[::1]:3000', 'LOCALHOST', '127.9.9.9'])(
    'serves the loopback host %s',
    async (host) => {
      expect((await api.app.inject({ url: '/api/messages', headers: { host } })).statusCode).toBe(200);
    },
  );

  test.each([
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.nip.io:3000',
    '192.168.1.4',
    'a@localhost',
  ])('refuses the host "%s", which may be re-pointed to this machine', async (host) => {
    for (const url of ['/api/messages', '/', '/docs/json', '/metrics']) {
      const response = await api.app.inject({ url, headers: { host } });
      expect(response.statusCode).toBe(403);
      expect(response.json().fix).toContain('MAILROOM_API_KEY');
    }
  });

  test.each(['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip'])(
    'serves whoever comes through a proxy (%s) the webhooks only',
    async (name) => {
      const headers = { host: '127.0.0.1:3000', [name]: '203.0.113.9' };
      for (const url of ['/api/messages', '/', '/docs/json', '/metrics', '/webhooks/none']) {
        expect((await api.app.inject({ url, headers })).statusCode, url).toBe(403);
      }
      const url = '/webhooks/graph?validationToken=x';
      expect((await api.app.inject({ method: 'POST', url, headers })).body).toBe('x');
      expect((await api.app.inject({ url: '/oauth/callback', headers })).statusCode).toBe(400);
    },
  );

  test.each([
    { origin: 'https://evil.example' },
    { origin: 'http://localhost:5000', host: 'localhost:3000' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ])('refuses a write from another origin: %o', async (headers) => {
    for (const [method, url] of API_ROUTES.filter(([method]) => method !== 'GET')) {
      expect((await api.app.inject({ method, url, headers })).statusCode).toBe(403);
    }
  });

  test.each([
    { origin: 'http://localhost:3000', host: 'localhost:3000' },
    { 'sec-fetch-site': 'same-origin' },
    { 'sec-fetch-site': 'none' },
    {},
  ])('takes a write of its own page or of a tool: %o', async (headers) => {
    const response = await api.app.inject({ method: 'POST', url: '/api/quarantine/retry', headers });
    expect(response.statusCode).toBe(202);
  });

  test('takes JSON bodies only', async () => {
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
    ]) {
      const response = await api.app.inject({
        method: 'POST',
        url: '/api/quarantine/retry',
        headers: { 'content-type': type },
        payload: '{}',
      });
      expect(response.statusCode).toBe(415);
      expect(response.json().fix).toContain('application/json');
    }
  });

  test.each([
    ['{ not json', 400],
    ['', 400],
    ['{"__proto__": {"x": 1}}', 400],
    ['[1]', 400],
  ])('answers the body %s with a problem', async (payload, status) => {
    const response = await api.app.inject({
      method: 'POST',
      url: '/api/batches',
      headers: { 'content-type': 'application/json' },
      payload,
    });
    expect(response.statusCode).toBe(status);
    expect(response.headers['content-type']).toContain('application/problem+json');
    expect(response.body).not.toMatch(/\bat .+\.[jt]s:\d/);
  });

  test('hides a bug from the client and logs it with the request id', async () => {
    const list = api.stores.messageList.list;
    Object.assign(api.deps.messageList, {
      list: () => Promise.reject(new Error('secret detail of the inside')),
    });
    const response = await api.app.inject({ url: '/api/messages' });
    Object.assign(api.deps.messageList, { list });
    expect(response.statusCode).toBe(500);
    expect(response.body).not.toContain('secret detail');
    const { requestId } = response.json();
    expect(response.headers['x-request-id']).toBe(requestId);
    const line = api.logged.find((entry) => entry.includes('secret detail'));
    expect(line).toContain(requestId);
  });

  test('sets strict headers on data and on the page', async () => {
    const data = await api.app.inject({ url: '/api/messages' });
    expect(data.headers['content-security-policy']).toContain("default-src 'none'");
    expect(data.headers['cache-control']).toBe('no-store');
    const page = await api.app.inject({ url: '/' });
    expect(page.body).toBe('<title>built</title>');
    expect(page.headers['content-security-policy']).toMatch(
      /default-src 'none'; script-src 'self'; style-src 'self';/,
    );
    const docs = await api.app.inject({ url: '/docs/' });
    expect(docs.headers['content-security-policy']).not.toContain('https:');
    for (const { headers } of [data, page, docs]) {
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
      });
      expect(headers['x-powered-by']).toBeUndefined();
    }
  });

  test('serves the dashboard: its files, and its one page for its own addresses', async () => {
    const asset = await api.app.inject({ url: '/assets/a.js' });
    expect(asset.headers['cache-control']).toContain('immutable');
    const html = { accept: 'text/html' };
    const deep = await api.app.inject({ url: '/messages/abc', headers: html });
    expect(deep.statusCode).toBe(200);
    expect(deep.body).toBe('<title>built</title>');
    expect(deep.headers['cache-control']).toBe('no-cache');
    expect((await api.app.inject({ url: '/assets/none.js' })).statusCode).toBe(404);
    expect((await api.app.inject({ url: '/api/none', headers: html })).json().status).toBe(404);
    for (const url of ['/../package.json', '/%2e%2e/package.json', '/..%2fpackage.json']) {
      expect((await api.app.inject({ url })).body).not.toContain('"mailroom"');
    }
  });
});

test('says how to build the dashboard when it is not built', async () => {
  const api = await openTestApi();
  const response = await api.app.inject({ url: '/' });
  expect(response.headers['content-type']).toContain('text/html');
  expect(response.body).toContain('npm run build:web');
  await api.close();
});
