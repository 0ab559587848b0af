import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { OAuthSettings } from '../../../src/domain/account.ts';
import { type DeviceCode, signInByDevice } from '../../../src/security/oauth/sign-in-by-device.ts';

type Answer = readonly [status: number, body: Record<string, unknown>];

const GRANTED: Answer = [
  200,
  { access_token: 'new-access', refresh_token: 'new-refresh', token_type: 'Bearer', expires_in: 3600 },
];
const refused = (error: string): Answer => [400, { error, error_description: 'about device-secret' }];

/** A provider whose token endpoint gives these answers, one after another; when they came, in milliseconds. */
async function startProvider(...answers: Answer[]) {
  const asked: { readonly at: number; readonly body: URLSearchParams }[] = [];
  const device = { device_code: 'device-secret', user_code: 'ABCD-EFGH', expires_in: 600, interval: 1 };
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => {
      text += String(chunk);
    });
    request.on('end', () => {
      const isToken = request.url === '/token';
      if (isToken) asked.push({ at: Date.now(), body: new URLSearchParams(text) });
      const [status, body] = isToken
        ? (answers[asked.length - 1] ?? GRANTED)
        : ([200, { ...device, verification_uri: 'https://example.com/device' }] as const);
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const oauth: OAuthSettings = {
    provider: 'other',
    clientId: 'mailroom',
    tokenUrl: `${url}/token`,
    authorizationUrl: undefined,
    deviceUrl: `${url}/device`,
    scopes: ['mail.read', 'offline_access'],
    grant: 'user',
  };
  return { asked, found: { account: { id: 'help', address: '', oauth }, clientSecret: undefined } };
}

/** A second of waiting takes 20 ms; sockets keep to the true clock. */
function hurry(): void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  const clock = setInterval(() => vi.advanceTimersByTime(500), 10);
  onTestFinished(() => {
    clearInterval(clock);
    vi.useRealTimers();
  });
}

describe('a sign-in by a code', () => {
  test('shows where to type what, waits until it is done, and slows down when it is told to', async () => {
    const { asked, found } = await startProvider(refused('authorization_pending'), refused('slow_down'));
    const shown: DeviceCode[] = [];
    hurry();
    const tokens = await signInByDevice(found, (code) => shown.push(code));
    expect(shown).toEqual([{ url: 'https://example.com/device', code: 'ABCD-EFGH', minutes: 10 }]);
    expect(tokens).toMatchObject({ access: 'new-access', refresh: 'new-refresh' });
    expect(Object.fromEntries(asked[0]?.body ?? [])).toMatchObject({
      client_id: 'mailroom',
      device_code: 'device-secret',
    });
    const [first = 0, second = 0, third = 0] = asked.map(({ at }) => at);
    expect(second - first).toBeLessThan(5_000);
    expect(third - second).toBeGreaterThanOrEqual(6_000);
  });

  test.each(['access_denied', 'expired_token'])('%s ends it, and no code is shown', async (error) => {
    const { found } = await startProvider(refused(error));
    hurry();
    const failure = await signInByDevice(found, () => undefined).catch((reason: unknown) => reason);
    expect(failure).toMatchObject({
      type: 'AuthenticationFailed',
      message: expect.stringContaining(`about *** (${error})`),
    });
    expect(String(failure)).not.toContain('device-secret');
  });

  test('a grant without a refresh token is not kept', async () => {
    const { found } = await startProvider([200, { access_token: 'a', token_type: 'Bearer' }]);
    hurry();
    await expect(signInByDevice(found, () => undefined)).rejects.toMatchObject({
      type: 'PermissionDenied',
      fix: expect.stringContaining('offline_access'),
    });
  });

  test('ends when it is called off', async () => {
    const { found } = await startProvider();
    const stop = new AbortController();
    const call = signInByDevice(found, () => stop.abort(new Error('called off')), stop.signal);
    await expect(call).rejects.toThrow('called off');
  });
});
