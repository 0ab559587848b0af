import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** What a fake model does with one request, in the order they were scripted. */
export type FakeStep =
  /** An answer whose text is this value as JSON, or this text as it is; `cut` when the model ran out of room. */
  | { readonly answer: unknown; readonly cut?: boolean }
  /** An error in the vendor's own form. */
  | { readonly status: number; readonly retryAfter?: string }
  /** A 200 with this body, whatever it is. */
  | { readonly rawBody: string; readonly contentType?: string }
  /** Takes the request and never answers. */
  | { readonly silence: true }
  /** Cuts the connection, before the answer or in the middle of its body. */
  | { readonly hangUp: 'before' | 'within' };

export interface FakeRequest {
  readonly headers: IncomingMessage['headers'];
  readonly body: Readonly<Record<string, unknown>>;
}

export interface FakeVendor {
  readonly url: string;
  /** The requests that passed validation, oldest first. */
  readonly requests: readonly FakeRequest[];
  /** What comes next; the last one is repeated. */
  script(...steps: readonly FakeStep[]): void;
  reset(): void;
  close(): Promise<void>;
}

/** How one vendor's API looks from outside. */
export interface VendorForm {
  /** What the API would refuse about a request; undefined when nothing. */
  findFault(
    request: IncomingMessage,
    body: unknown,
  ): { readonly status: number; readonly message: string } | undefined;
  toAnswer(text: string, model: string, cut: boolean): object;
  toError(status: number, message: string): object;
}

/** A vendor over real HTTP on a loopback port: it checks requests as the API does and answers as scripted. */
export async function startFakeVendor(form: VendorForm): Promise<FakeVendor> {
  const requests: FakeRequest[] = [];
  let steps: FakeStep[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    void serve(request, response).catch(() => response.destroy());
  });
  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = parse(await readText(request));
    const fault = form.findFault(request, body);
    if (fault !== undefined) return send(response, fault.status, form.toError(fault.status, fault.message));
    const known = body as Record<string, unknown>;
    requests.push({ headers: request.headers, body: known });
    const step = steps.length > 1 ? steps.shift() : steps[0];
    perform(step ?? { answer: {} }, response, form, String(known.model));
  }
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    script(...next) {
      steps = [...next];
    },
    reset() {
      steps = [];
      requests.length = 0;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function perform(step: FakeStep, response: ServerResponse, form: VendorForm, model: string): void {
  if ('hangUp' in step) {
    if (step.hangUp === 'before') return void response.destroy();
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '5000' });
    response.write('{"model":"mod');
    setImmediate(() => response.destroy());
  } else if ('rawBody' in step) {
    response.writeHead(200, { 'content-type': step.contentType ?? 'application/json' }).end(step.rawBody);
  } else if ('status' in step) {
    if (step.retryAfter !== undefined) response.setHeader('retry-after', step.retryAfter);
    send(response, step.status, form.toError(step.status, 'scripted fault about hunter2'));
  } else if ('answer' in step) {
    const text = typeof step.answer === 'string' ? step.answer : JSON.stringify(step.answer);
    send(response, 200, form.toAnswer(text, model, step.cut ?? false));
  }
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
