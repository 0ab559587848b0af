import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

export type Script = (request: { path: string; body: string }, answer: http.ServerResponse) => void;

export interface ScriptedServer {
  readonly url: string;
  readonly requests: readonly { readonly path: string; readonly body: string }[];
  stop(): Promise<void>;
}

/** An HTTP server that says what `script` says: for answers that no real Odoo gives on demand. */
export async function startScriptedServer(script: Script): Promise<ScriptedServer> {
  const requests: { path: string; body: string }[] = [];
  const server = http.createServer((incoming, answer) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const request = { path: incoming.url ?? '', body: Buffer.concat(chunks).toString() };
      requests.push(request);
      script(request, answer);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
