import { once } from 'node:events';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { createFakeApi } from './fake-api.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};
/** As strict as the API's own: what the page breaks here it would break there. */
const HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

export interface FakeServer {
  readonly url: string;
  /** Method and path of everything that was changed. */
  readonly writes: readonly string[];
  close(): Promise<void>;
}

/** The built page with a pretended API beside it. With `apiKey` every /api request must carry it. */
export async function startFakeServer(dist: string, apiKey?: string): Promise<FakeServer> {
  const api = createFakeApi();
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    if (!/^\/(api|health)(\/|$)/.test(url.pathname)) return sendFile(response, dist, url.pathname);
    const isRefused = apiKey !== undefined && request.headers.authorization !== `Bearer ${apiKey}`;
    if (isRefused && url.pathname.startsWith('/api')) {
      return sendJson(response, 401, { type: 'about:blank', title: 'No key', status: 401, detail: 'No key' });
    }
    void readBody(request).then((body) => {
      const { status, answer } = api.answer(request.method ?? 'GET', url, body);
      sendJson(response, status, answer);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    writes: api.writes,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return chunks.length === 0 ? undefined : JSON.parse(Buffer.concat(chunks).toString('utf8'));
}

function sendJson(response: ServerResponse, status: number, answer: unknown): void {
  response.writeHead(status, { ...HEADERS, 'content-type': 'application/json' }).end(JSON.stringify(answer));
}

function sendFile(response: ServerResponse, dist: string, path: string): void {
  const asked = join(dist, path);
  const file = existsSync(asked) && statSync(asked).isFile() ? asked : join(dist, 'index.html');
  response.writeHead(200, { ...HEADERS, 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' });
  response.end(readFileSync(file));
}
