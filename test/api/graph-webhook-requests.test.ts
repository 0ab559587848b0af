import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestApi, type TestApi } from './support/open-test-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi({ config: { publicUrl: 'https://mail.example.org' } });
});
afterAll(() => api.close());

describe('the handshake', () => {
  test.each(['/webhooks/graph', '/webhooks/graph/lifecycle'])(
    '%s sends the token back as plain text',
    async (path) => {
      const token = 'Validation: <script>alert(1)</script> + 100%';
      const response = await api.app.inject({
        method: 'POST',
        url: `${path}?validationToken=${encodeURIComponent(token)}`,
        headers: { 'content-type': 'text/plain; charset=utf-8', host: 'mail.example.org' },
      });
      expect(response.statusCode).toBe(200);
      expect(response.body).toBe(token);
      expect(response.headers['content-type']).toMatch(/^text\/plain/);
      expect(response.headers['x-content-type-options']).toBe('nosniff');
      expect(response.headers['content-security-policy']).toContain('sandbox');
    },
  );

  test('a token that is too long is refused', async () => {
    const url = `/webhooks/graph?validationToken=${'x'.repeat(2_000)}`;
    expect((await api.app.inject({ method: 'POST', url })).statusCode).toBe(400);
  });
});

describe('a body', () => {
  test.each([
    ['no list', { value: 'x' }, 400],
    ['nothing', {}, 400],
    ['too many', { value: Array.from({ length: 501 }, () => ({})) }, 400],
    ['too large', { value: ['x'.repeat(1_100_000)] }, 413],
  ])('of %s is refused', async (_name, body, status) => {
    const response = await api.app.inject({
      method: 'POST',
      url: '/webhooks/graph',
      headers: { 'content-type': 'application/json' },
      payload: JSON.stringify(body),
    });
    expect(response.statusCode).toBe(status);
    expect(api.controls.calls).toEqual([]);
  });

  test.each(['{ not json', ''])('that is no JSON is refused: %s', async (payload) => {
    const headers = { 'content-type': 'application/json' };
    const response = await api.app.inject({ method: 'POST', url: '/webhooks/graph', headers, payload });
    expect(response.statusCode).toBe(400);
  });
});
