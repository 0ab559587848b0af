import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startFakeGraph } from './start-fake-graph.ts';

/**
 * The fake as a process of its own, so that it outlives workers that are killed. Prints one line of JSON:
 * `{ baseUrl, port, controlUrl, caPath }`; NODE_EXTRA_CA_CERTS=caPath makes other processes trust it. A control is
 * `POST controlUrl/<name>` with its arguments as a JSON array; it answers `{ result }` or `{ error }`.
 * Arguments: the users that there is a mailbox of. Ends with SIGTERM, or when its parent is gone.
 */
const graph = await startFakeGraph({ users: process.argv.slice(2) });
const caPath = join(mkdtempSync(join(tmpdir(), 'mailroom-graph-')), 'ca.pem');
writeFileSync(caPath, graph.ca);

const actions = graph.controls as unknown as Record<string, (...args: unknown[]) => unknown>;
const control = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    void run((request.url ?? '').slice(1), Buffer.concat(chunks).toString('utf8')).then((answer) => {
      response.writeHead('error' in answer ? 500 : 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer));
    });
  });
});

async function run(name: string, text: string): Promise<{ result: unknown } | { error: string }> {
  try {
    const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
    if (action === undefined) throw new Error(`There is no control ${name}`);
    const args: unknown = text === '' ? [] : JSON.parse(text);
    return { result: (await action(...(args as unknown[]))) ?? null };
  } catch (error) {
    return { error: String(error) };
  }
}

control.listen(0, '127.0.0.1', () => {
  const { port } = control.address() as AddressInfo;
  const controlUrl = `http://127.0.0.1:${port}`;
  process.stdout.write(
    `${JSON.stringify({ baseUrl: graph.baseUrl, port: graph.port, controlUrl, caPath })}\n`,
  );
});

const end = () => {
  control.close();
  control.closeAllConnections();
  void graph.stop();
};
process.once('SIGTERM', end);
// Whoever started it may be killed without a word.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) end();
}, 1_000).unref();
