import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface RecordedCall {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface WebhookRecorder {
  /** Where providers call. */
  readonly url: string;
  /** What came through, oldest first, but for handshakes. */
  readonly calls: readonly RecordedCall[];
  /** Sends it on as if it had come from outside; answers the status. */
  send(call: RecordedCall): Promise<number>;
  readonly stop: () => Promise<void>;
}

/** Stands before the API like a reverse proxy, and remembers what providers sent: somebody may send it again. */
export async function startRecorder(target: string): Promise<WebhookRecorder> {
  const calls: RecordedCall[] = [];
  const forward = (call: RecordedCall, method: string) =>
    fetch(`${target}${call.path}`, {
      method,
      headers: call.headers,
      ...(method === 'GET' ? {} : { body: call.body }),
    });
  const server = createServer((request, response) => {
    void (async () => {
      const call = await read(request);
      if (!call.path.includes('validationToken')) calls.push(call);
      try {
        const answer = await forward(call, request.method ?? 'POST');
        const type = answer.headers.get('content-type') ?? 'text/plain';
        response.writeHead(answer.status, { 'content-type': type }).end(await answer.text());
      } catch {
        response.writeHead(502).end();
      }
    })();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    calls,
    send: async (call) => (await forward(call, 'POST')).status,
    async stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}

const PASSED = ['content-type', 'authorization'];

async function read(request: IncomingMessage): Promise<RecordedCall> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const headers = Object.fromEntries(
    PASSED.flatMap((name) => {
      const value = request.headers[name];
      return typeof value === 'string' ? [[name, value]] : [];
    }),
  );
  return { path: request.url ?? '/', headers, body: Buffer.concat(chunks).toString('utf8') };
}
