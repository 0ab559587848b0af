import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { OAuthSettings } from '../../../src/domain/account.ts';

export type Answer = readonly [status: number, body: Record<string, unknown>];

const GRANTED: Answer = [
  200,
  { access_token: 'new-access', refresh_token: 'new-refresh', token_type: 'Bearer', expires_in: 3600 },
];
export const refused = (error: string): Answer => [400, { error, error_description: 'about device-secret' }];

/** A provider whose token endpoint gives these answers, one after another; 0 cuts the connection. */
export async function startDeviceProvider(...answers: Answer[]) {
  const asked: { readonly body: URLSearchParams }[] = [];
  const device = { device_code: 'device-secret', user_code: 'ABCD-EFGH', expires_in: 600, interval: 1 };
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => {
      text += String(chunk);
    });
    request.on('end', () => {
      const isToken = request.url === '/token';
      if (isToken) asked.push({ body: new URLSearchParams(text) });
      const [status, body] = isToken
        ? (answers[asked.length - 1] ?? GRANTED)
        : ([200, { ...device, verification_uri: 'https://example.com/device' }] as const);
      if (status === 0) return void response.destroy();
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
