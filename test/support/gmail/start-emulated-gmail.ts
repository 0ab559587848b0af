import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createEmulator } from 'emulate';
import getPort from 'get-port';

export const EMULATED_TOKEN = 'emulated-token';
const ADDRESS = 'help@example.com';

/**
 * Gmail as others understand it: the emulator of the package `emulate`, which shares no code and no opinion with
 * our fake. It has no profiles; those are answered in front of it, from its own history.
 */
export async function startEmulatedGmail() {
  const port = await getPort();
  const emulator = await createEmulator({
    service: 'google',
    port,
    seed: {
      google: { users: [{ email: ADDRESS, name: 'Help' }] },
      tokens: { [EMULATED_TOKEN]: { login: ADDRESS } },
    },
  });
  const api = `http://127.0.0.1:${port}/gmail/v1/users/me`;
  const headers = { authorization: `Bearer ${EMULATED_TOKEN}`, 'content-type': 'application/json' };
  const call = async (path: string, body?: object) => {
    const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    const answer = await fetch(`${api}/${path}`, { headers, ...init });
    return (await answer.json()) as { readonly id: string; readonly historyId: string };
  };

  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const answer = path.endsWith('/profile')
        ? call('history?startHistoryId=1').then(({ historyId }) => ({
            status: 200,
            body: JSON.stringify({ emailAddress: ADDRESS, historyId }),
          }))
        : forward(request.method ?? 'GET', path, Buffer.concat(chunks));
      answer.then(
        ({ status, body }) => response.writeHead(status, { 'content-type': 'application/json' }).end(body),
        () => response.destroy(),
      );
    });
  });
  async function forward(method: string, path: string, body: Buffer) {
    const init = body.byteLength === 0 ? {} : { body: new Uint8Array(body) };
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method, headers, ...init });
    return { status: answer.status, body: await answer.text() };
  }
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** The id of the message. */
    async deliver(raw: string, labelIds: readonly string[] = ['INBOX', 'UNREAD']): Promise<string> {
      const body = { raw: Buffer.from(raw).toString('base64url'), labelIds };
      return (await call('messages/import', body)).id;
    },
    relabel: (id: string, addLabelIds: readonly string[], removeLabelIds: readonly string[]) =>
      call(`messages/${id}/modify`, { addLabelIds, removeLabelIds }),
    async labelsOf(id: string): Promise<readonly string[]> {
      const found = (await call(`messages/${id}?format=minimal`)) as {
        readonly labelIds?: readonly string[];
      };
      return found.labelIds ?? [];
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await emulator.close();
    },
  };
}
