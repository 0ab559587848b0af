import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { selfSigned } from '../smtp/self-signed.ts';
import { answerMail } from './answer-mail.ts';
import { type FakeAnswer, type FakeRequest, refuse } from './fake-answer.ts';
import { createFakeControls, type FakeControls, type FakeCounters } from './fake-controls.ts';
import { createFakeDelta } from './fake-delta.ts';
import { createFakeFaults, type FakeFaults } from './fake-faults.ts';
import { createFakeMailbox, type FakeMailbox } from './fake-mailbox.ts';
import { createFakeSubscriptions } from './fake-subscriptions.ts';

export interface FakeGraph {
  /** `https://localhost:<port>`, for the settings of an account. */
  readonly baseUrl: string;
  readonly port: number;
  /** PEM of the authority that its certificate is from. */
  readonly ca: string;
  readonly controls: FakeControls;
  stop(): Promise<void>;
}

export interface FakeGraphOptions {
  /** Pages of changes are no larger, whatever is asked for. */
  readonly maxPageSize?: number;
  /** The most messages that a delta query with a filter gives (learn.microsoft.com/graph/delta-query-messages). */
  readonly filteredLimit?: number;
  /** Users that there is a mailbox of; others are made when they are first named by a control. */
  readonly users?: readonly string[];
}

export const FAKE_TOKEN = 'fake-graph-token';
const MAX_PARTS = 20;
/** Those of one mailbox that Exchange takes at one time. */
const MAX_AT_ONCE = 4;

/** Microsoft Graph's mail over TLS, as its vendor documents it: folders, messages, delta, batches, subscriptions. */
export async function startFakeGraph(options: FakeGraphOptions = {}): Promise<FakeGraph> {
  const { key, cert } = await selfSigned();
  const mailboxes = new Map<string, FakeMailbox>();
  const tokens = new Set([FAKE_TOKEN]);
  const counters: FakeCounters = { requests: {}, bodies: 0, busiest: 0, largestBatch: 0 };
  const delta = createFakeDelta({ filteredLimit: options.filteredLimit ?? 5_000 });
  const faults = createFakeFaults();
  const subscriptions = createFakeSubscriptions(faults);
  const getMailbox = (user: string): FakeMailbox => {
    const found = mailboxes.get(user) ?? createFakeMailbox(user);
    mailboxes.set(user, found);
    return found;
  };
  for (const user of options.users ?? []) getMailbox(user);
  let origin = '';

  const answer = async (request: FakeRequest): Promise<FakeAnswer> => {
    const [root = '', id = '', ...rest] = request.segments;
    const { method, body, prefer } = request;
    if (root === 'subscriptions') {
      if (method === 'POST') return subscriptions.create(body, prefer.includes('idtype="immutableid"'));
      if (method === 'GET') return subscriptions.list(Number(request.query.get('$skiptoken')), origin);
      if (method === 'PATCH') return subscriptions.renew(id, body);
      if (method === 'DELETE') return subscriptions.remove(id);
    }
    const first = [...mailboxes.values()][0];
    const mailbox = root === 'me' ? first : root === 'users' ? mailboxes.get(id) : undefined;
    if (mailbox === undefined)
      return refuse(404, 'ErrorInvalidUser', `The requested user '${id}' is invalid.`);
    const below = root === 'me' ? request.segments.slice(1) : rest;
    const [kind = '', ...others] = below;
    const services = {
      delta,
      origin,
      maxPageSize: options.maxPageSize ?? 1_000,
      onCreated: subscriptions.notifyCreated,
    };
    const found = answerMail(services, mailbox, request, [kind.toLowerCase(), ...others]);
    if (found.bytes !== undefined) counters.bodies += 1;
    return found;
  };

  const serving: Serving = { answer, faults, tokens, counters, atOnce: 0 };
  const server = createServer({ key, cert }, (request, response) => {
    void serve(request, response, serving);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  origin = `https://localhost:${port}`;
  const controls = createFakeControls({ delta, faults, subscriptions, tokens, counters, getMailbox });
  return { baseUrl: origin, port, ca: cert, controls, stop: () => stop(server) };
}

interface Serving {
  readonly answer: (request: FakeRequest) => Promise<FakeAnswer>;
  readonly faults: FakeFaults;
  readonly tokens: ReadonlySet<string>;
  readonly counters: FakeCounters;
  atOnce: number;
}

async function serve(request: IncomingMessage, response: ServerResponse, serving: Serving): Promise<void> {
  const { faults, tokens, counters } = serving;
  serving.atOnce += 1;
  counters.busiest = Math.max(counters.busiest, serving.atOnce);
  try {
    const text = await readText(request);
    const parsed = toFakeRequest(request, text);
    const { method, segments, query } = parsed;
    const kind = `${method} ${toKind(segments)}`;
    counters.requests[kind] = (counters.requests[kind] ?? 0) + 1;
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    if (!tokens.has(token)) {
      send(
        response,
        refuse(401, 'InvalidAuthenticationToken', 'Access token has expired or is not yet valid.', {
          'www-authenticate': 'Bearer realm="", error="invalid_token"',
        }),
      );
      return;
    }
    const hasToken = query.has('$skiptoken') || query.has('$deltatoken');
    const fault = faults.next(`${method} ${request.url}`, hasToken);
    if (fault === 'reset') {
      request.socket.destroy();
      return;
    }
    if (fault !== undefined) send(response, faults.toAnswer(fault));
    else if (segments[0] === '$batch') send(response, await answerBatch(parsed, serving));
    else send(response, await serving.answer(parsed));
  } catch (error) {
    send(response, refuse(500, 'FakeFailed', String(error)));
  } finally {
    serving.atOnce -= 1;
  }
}

/** The parts run four at a time; those of a mailbox beyond that are throttled by the real one. */
async function answerBatch({ body }: FakeRequest, serving: Serving): Promise<FakeAnswer> {
  const parts = Array.isArray(body.requests) ? (body.requests as Record<string, unknown>[]) : [];
  if (parts.length === 0 || parts.length > MAX_PARTS) {
    return refuse(400, 'BadRequest', 'Number of batch request steps exceeds the maximum value of 20.');
  }
  serving.counters.largestBatch = Math.max(serving.counters.largestBatch, parts.length);
  const responses: object[] = [];
  for (let from = 0; from < parts.length; from += MAX_AT_ONCE) {
    const some = parts.slice(from, from + MAX_AT_ONCE);
    responses.push(...(await Promise.all(some.map((part) => answerPart(part, serving)))));
  }
  // In any order, says the vendor.
  return { status: 200, json: { responses: responses.reverse() } };
}

async function answerPart(part: Record<string, unknown>, serving: Serving): Promise<object> {
  const { id, method, url, headers, body } = part;
  const line = `${String(method)} ${String(url)}`;
  const fault = serving.faults.nextPart(line);
  const parsed = toParts(String(method), `/v1.0${String(url)}`, headers, body);
  const answer =
    fault === undefined || fault === 'reset' ? await serving.answer(parsed) : serving.faults.toAnswer(fault);
  return {
    id,
    status: answer.status,
    headers: { 'Content-Type': 'application/json', ...toTitleCase(answer.headers) },
    body: answer.bytes === undefined ? answer.json : answer.bytes.toString('base64'),
  };
}

function toTitleCase(headers: FakeAnswer['headers'] = {}): Record<string, string> {
  const title = (name: string) => name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [title(name), value]));
}

function toFakeRequest(request: IncomingMessage, text: string): FakeRequest {
  const body: unknown = text === '' ? {} : JSON.parse(text);
  return toParts(request.method ?? 'GET', request.url ?? '/', request.headers, body);
}

function toParts(method: string, target: string, headers: unknown, body: unknown): FakeRequest {
  const url = new URL(target, 'https://localhost');
  // `mailFolders('id')` is another way to write `mailFolders/id`.
  const path = url.pathname.replace(/^\/v1\.0\//, '').replace(/\('([^']*)'\)/g, '/$1');
  const lower = Object.entries((headers ?? {}) as Record<string, string>);
  const prefer = lower.find(([name]) => name.toLowerCase() === 'prefer')?.[1] ?? '';
  return {
    method,
    segments: path.split('/').map(decodeURIComponent),
    query: url.searchParams,
    prefer: prefer.toLowerCase(),
    body: (body ?? {}) as Record<string, unknown>,
  };
}

function toKind(segments: readonly string[]): string {
  const [root = '', , kind = ''] = segments;
  const last = segments.at(-1) ?? '';
  if (root.startsWith('$')) return root.slice(1);
  if (root === 'subscriptions') return root;
  return ['delta', '$value', 'move', 'childFolders'].includes(last) ? last.replace('$', '') : kind;
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function send(response: ServerResponse, { status, headers, json, bytes }: FakeAnswer): void {
  const isEmpty = json === undefined && bytes === undefined;
  const type = bytes === undefined ? { 'content-type': 'application/json; odata.metadata=minimal' } : {};
  response.writeHead(status, { ...(isEmpty ? {} : type), ...headers });
  response.end(bytes ?? (isEmpty ? undefined : JSON.stringify(json)));
}

function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}
