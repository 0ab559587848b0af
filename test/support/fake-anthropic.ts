import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { findRequestFault } from './find-anthropic-request-fault.ts';

/** What the fake does with one request, in the order they were scripted. */
export type FakeAnthropicStep =
  /** A message whose text is this value as JSON, or this text as it is. */
  | { readonly answer: unknown; readonly stopReason?: string }
  /** An error in the API's own form; 529 is "overloaded". */
  | { readonly status: number; readonly retryAfter?: string; readonly message?: string }
  /** A 200 with this body, whatever it is. */
  | { readonly rawBody: string; readonly contentType?: string }
  /** Takes the request and never answers. */
  | { readonly silence: true }
  /** Cuts the connection, before the answer or in the middle of its body. */
  | { readonly hangUp: 'before' | 'within' };

export interface FakeAnthropicRequest {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface FakeAnthropic {
  readonly url: string;
  /** The requests that passed validation, oldest first. */
  readonly requests: readonly FakeAnthropicRequest[];
  /** Adds steps. When none is left, the last one is repeated. */
  script(...steps: readonly FakeAnthropicStep[]): void;
  /** Forgets steps and requests. */
  reset(): void;
  close(): Promise<void>;
}

const ERROR_TYPES: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  402: 'billing_error',
  403: 'permission_error',
  404: 'not_found_error',
  429: 'rate_limit_error',
  504: 'timeout_error',
  529: 'overloaded_error',
};

/**
 * The Messages API over real HTTP on a loopback port: it checks requests as the API does and answers as scripted
 * (platform.claude.com/docs/en/api/messages and /errors). The key `wrong-key` is refused with 401.
 */
export async function startFakeAnthropic(): Promise<FakeAnthropic> {
  const requests: FakeAnthropicRequest[] = [];
  const steps: FakeAnthropicStep[] = [];
  const sockets = new Set<Socket>();
  let served = 0;
  let isLastSpent = false;
  const server = createServer((request, response) => {
    void serve(request, response).catch(() => response.destroy());
  });
  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const requestId = `req_fake${String(++served).padStart(6, '0')}`;
    response.setHeader('request-id', requestId);
    const text = await readText(request);
    const fault = findRequestFault(request, text);
    if (fault !== undefined) {
      sendError(response, requestId, fault.status, fault.message);
      return;
    }
    const body = JSON.parse(text) as Record<string, unknown>;
    requests.push({ headers: request.headers, body });
    const step = steps.length > 1 ? steps.shift() : steps[0];
    isLastSpent = steps.length === 1 && step === steps[0];
    perform(step ?? { answer: {} }, { response, requestId, model: String(body.model) });
  }
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    script(...more) {
      if (isLastSpent) steps.length = 0;
      isLastSpent = false;
      steps.push(...more);
    },
    reset() {
      steps.length = 0;
      requests.length = 0;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

interface Exchange {
  readonly response: ServerResponse;
  readonly requestId: string;
  readonly model: string;
}

function perform(step: FakeAnthropicStep, { response, requestId, model }: Exchange): void {
  if ('hangUp' in step) hangUp(response, step.hangUp);
  else if ('rawBody' in step) {
    response.writeHead(200, { 'content-type': step.contentType ?? 'application/json' }).end(step.rawBody);
  } else if ('status' in step) {
    if (step.retryAfter !== undefined) response.setHeader('retry-after', step.retryAfter);
    sendError(response, requestId, step.status, step.message ?? 'scripted fault');
  } else if ('answer' in step) {
    const text = typeof step.answer === 'string' ? step.answer : JSON.stringify(step.answer);
    sendJson(response, 200, messageOf(text, model, step.stopReason ?? 'end_turn', requestId));
  }
}

function hangUp(response: ServerResponse, when: 'before' | 'within'): void {
  if (when === 'within') {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '5000' });
    response.write('{"id":"msg_01","type":"mess');
    setImmediate(() => response.destroy());
    return;
  }
  response.destroy();
}

function messageOf(text: string, model: string, stopReason: string, requestId: string) {
  return {
    id: `msg_${requestId.slice(4)}`,
    type: 'message',
    role: 'assistant',
    model,
    content: [{ type: 'text', text, citations: null }],
    stop_reason: stopReason,
    stop_sequence: null,
    stop_details: null,
    container: null,
    diagnostics: null,
    usage: {
      input_tokens: 1800,
      output_tokens: Math.ceil(text.length / 4),
      cache_creation_input_tokens: 0,
      cache_read_input_tokens: 0,
      cache_creation: null,
      server_tool_use: null,
      output_tokens_details: null,
      inference_geo: null,
      speed: 'standard',
      service_tier: 'standard',
    },
  };
}

function sendError(response: ServerResponse, requestId: string, status: number, message: string): void {
  const type = ERROR_TYPES[status] ?? (status >= 500 ? 'api_error' : 'invalid_request_error');
  sendJson(response, status, { type: 'error', error: { type, message }, request_id: requestId });
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
