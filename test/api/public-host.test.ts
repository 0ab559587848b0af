import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestApi, type TestApi } from './support/open-test-api.ts';

const PUBLIC = 'https://mail.example.org';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi({ config: { publicUrl: PUBLIC } });
});
afterAll(() => api.close());

describe('the public host', () => {
  test('is served the webhooks and nothing else', async () => {
    const headers = { host: 'mail.example.org' };
    for (const url of ['/api/accounts', '/health', '/', '/webhooks/../api/accounts', '/webhooks/none']) {
      expect((await api.app.inject({ url, headers })).statusCode, url).toBe(403);
    }
    const other = await api.app.inject({
      method: 'POST',
      url: '/webhooks/graph?validationToken=x',
      headers: { host: 'evil.example.org' },
    });
    expect(other.statusCode).toBe(403);
  });

  test('needs no key where there is one', async () => {
    const keyed = await openTestApi({ config: { apiKey: 'a-key', host: '0.0.0.0', publicUrl: PUBLIC } });
    const url = '/webhooks/graph?validationToken=x';
    expect((await keyed.app.inject({ method: 'POST', url })).body).toBe('x');
    await keyed.close();
  });
});
