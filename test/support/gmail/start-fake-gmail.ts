import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import {
  answerGmailRequest,
  type FakeWatch,
  type GmailAnswer,
  toGoogleError,
} from './answer-gmail-request.ts';
import { createFakeMailbox, type FakeMailbox } from './create-fake-mailbox.ts';
import { createFakePubSub } from './create-fake-pub-sub.ts';
import { createFaultPlan, type Fault } from './fake-faults.ts';

const PREFIX = '/gmail/v1/users/me/';
const JWKS_PATH = '/oauth2/v3/certs';

export type FakeGmail = Awaited<ReturnType<typeof startFakeGmail>>;

/**
 * Gmail over real HTTP on a loopback port, for any number of mailboxes. Beyond the emulator that can be had it
 * knows profiles, expired history, tokens, a Pub/Sub that signs, and seeded faults.
 */
export async function startFakeGmail(port = 0) {
  const faults = createFaultPlan();
  const pubSub = await createFakePubSub(() => faults.random());
  const mailboxes = new Map<string, FakeMailbox>();
  const owners = new Map<string, string>();
  const watches = new Map<string, FakeWatch>();
  const requests: { readonly path: string; readonly query: string; readonly token: string }[] = [];
  const counts = new Map<string, number>();
  const sockets = new Set<Socket>();
  const poisoned = new Map<string, 400 | 403 | 500>();
  let atOnce = 0;
  let mostAtOnce = 0;

  function publish(mailbox: FakeMailbox, labels: ReadonlySet<string>): void {
    const watch = watches.get(mailbox.address);
    if (watch === undefined || watch.expiration < Date.now()) return;
    if (watch.labelIds.length > 0 && !watch.labelIds.some((id) => labels.has(id))) return;
    pubSub.publish({ emailAddress: mailbox.address, historyId: Number(mailbox.historyId()) });
  }

  async function answer(request: IncomingMessage): Promise<GmailAnswer> {
    const url = new URL(request.url ?? '/', 'http://fake');
    if (url.pathname === JWKS_PATH) {
      counts.set('keys', (counts.get('keys') ?? 0) + 1);
      return { status: 200, body: pubSub.jwks };
    }
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    const mailbox = mailboxes.get(owners.get(token) ?? '');
    const path = url.pathname.slice(PREFIX.length);
    requests.push({ path, query: url.search, token });
    const kind = `${request.method} ${path.split('/')[0]}${url.searchParams.get('format') ?? ''}`;
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
    if (mailbox === undefined) {
      return toGoogleError(401, `Request had invalid authentication credentials: ${token}`, 'authError');
    }
    if (!url.pathname.startsWith(PREFIX)) return toGoogleError(404, 'Not Found', 'notFound');
    const refusal = poisoned.get(path.split('/')[1] ?? '');
    if (refusal !== undefined) return toGoogleError(refusal, 'Backend Error', 'backendError');
    const body = await readJson(request);
    return answerGmailRequest(
      mailbox,
      { method: request.method ?? 'GET', path, query: url.searchParams, body },
      (watch) => void (watch ? watches.set(mailbox.address, watch) : watches.delete(mailbox.address)),
      watches.get(mailbox.address),
    );
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    atOnce++;
    mostAtOnce = Math.max(mostAtOnce, atOnce);
    try {
      const fault = request.url?.startsWith(PREFIX) ? faults.next() : undefined;
      if (fault === undefined) return send(response, await answer(request));
      if (fault === 'cut') return cut(response, await answer(request));
      fail(response, fault, fake.retryAfter);
    } finally {
      atOnce--;
    }
  }

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      send(response, toGoogleError(500, `The fake itself failed: ${String(error)}`, 'backendError'));
    });
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const fake = {
    url,
    /** Header of a 429 and a 503. */
    retryAfter: '1',
    jwksUrl: `${url}${JWKS_PATH}`,
    faults,
    pubSub,
    watches,
    /** Requests to the API that came through, oldest first. */
    requests,
    counts,
    mostAtOnce: () => mostAtOnce,
    mailboxes,
    /** Ids of messages that are listed and never handed over, and the status that is sent instead. */
    poisoned,
    addMailbox(address: string, token: string): FakeMailbox {
      const mailbox = createFakeMailbox(address, (labels) => publish(mailbox, labels));
      mailboxes.set(address, mailbox);
      owners.set(token, address);
      return mailbox;
    },
    getMailbox(address: string): FakeMailbox {
      const mailbox = mailboxes.get(address);
      if (mailbox === undefined) throw new Error(`The fake holds no mailbox ${address}`);
      return mailbox;
    },
    acceptToken: (token: string, address: string) => void owners.set(token, address),
    refuseToken: (token: string) => void owners.delete(token),
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
  return fake;
}

function send(response: ServerResponse, { status, body }: GmailAnswer): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=UTF-8' });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

function cut(response: ServerResponse, { status, body }: GmailAnswer): void {
  const text = JSON.stringify(body ?? {});
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': text.length + 10 });
  response.write(text.slice(0, text.length / 2));
  setImmediate(() => response.destroy());
}

function fail(response: ServerResponse, fault: Exclude<Fault, 'cut'>, retryAfter: string): void {
  if (fault === 'reset') return void response.destroy();
  if (fault === 'html' || fault === 'html404') {
    const status = fault === 'html' ? 200 : 404;
    return void response
      .writeHead(status, { 'content-type': 'text/html' })
      .end('<html>Please sign in</html>');
  }
  if (fault === 'empty') {
    return void response.writeHead(200, { 'content-type': 'application/json' }).end();
  }
  if (fault === '429' || fault === '503') response.setHeader('retry-after', retryAfter);
  const [message, reason] = {
    '401': ['Invalid Credentials', 'authError'],
    '403': ['User-rate limit exceeded. Retry after 2017-03-13T19:26:54.011Z', 'userRateLimitExceeded'],
    scope: ['Request had insufficient authentication scopes.', 'insufficientPermissions'],
    policy: ['The domain administrators have disabled Gmail apps.', 'domainPolicy'],
    '429': ['Too many concurrent requests for user', 'rateLimitExceeded'],
    '500': ['Backend Error', 'backendError'],
    '503': ['The service is currently unavailable', 'backendError'],
  }[fault] as [string, string];
  send(response, toGoogleError(Number(fault) || 403, message, reason));
}

async function readJson(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
}
