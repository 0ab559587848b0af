import type { Client, GraphRequest as ClientRequest } from '@microsoft/microsoft-graph-client';
import type { GraphSettings } from '../../domain/account.ts';
import { isObject } from '../../domain/is-object.ts';
import { parseJson } from '../../domain/parse-json.ts';
import { ServiceError } from '../../domain/service-error.ts';
import type { TokenCredentials } from './check-settings.ts';
import { createMiddleware } from './create-middleware.ts';
import { readBody } from './read-body.ts';
import { toNetworkError } from './to-network-error.ts';
import { toServiceError } from './to-service-error.ts';

export interface GraphRequest {
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below the version: `/me/messages`, with its query already encoded. */
  readonly path: string;
  readonly body?: object;
  /** Besides the immutable ids that every request asks for. */
  readonly prefer?: string;
  readonly maxBytes?: number;
  /** Named when it is refused. */
  readonly permission?: string;
  readonly signal: AbortSignal;
}

/** Talks to one mailbox's Graph. Throws ServiceError for every answer that is not 2xx, or the reason of `signal`. */
export interface GraphSession {
  readonly settings: GraphSettings;
  /** Undefined: the body has more than `maxBytes`. */
  sendRaw(request: GraphRequest): Promise<Buffer | undefined>;
  sendJson(request: GraphRequest): Promise<Record<string, unknown>>;
  /** Nothing is sent for so long: a request, or a part of a batch, was throttled. */
  slowDown(retryAfterMs: number): void;
  /** How long nothing is sent from now on; 0: it may be. */
  getWaitMs(): number;
}

export interface SessionOptions {
  /** Stands in for the one of Node, for tests that trust an authority of their own. */
  readonly fetch?: typeof fetch;
}

const MAX_JSON_BYTES = 96 * 1024 * 1024;
const READ = 'Mail.Read';
const PROXY_FIX = 'Check baseUrl, and that no proxy answers in its place.';

export function createSession(
  settings: GraphSettings,
  credentials: TokenCredentials,
  options: SessionOptions = {},
): GraphSession {
  const { origin, host } = new URL(settings.baseUrl);
  let client: Promise<Client> | undefined;
  let lastToken: string | undefined;
  const pause = createPause();

  async function open(): Promise<Client> {
    // Here and not at the start: every process of ours has this file, and few talk to a mailbox.
    const graph = await import('@microsoft/microsoft-graph-client');
    const middleware = createMiddleware({
      origin,
      credentials,
      fetch: options.fetch ?? fetch,
      onToken: (token) => {
        lastToken = token;
      },
    });
    // The client wraps what its chain throws, and loses all but the message; its own errors it leaves alone.
    const execute = middleware.execute.bind(middleware);
    middleware.execute = (context) =>
      execute(context).catch((cause: unknown) => {
        throw Object.assign(new graph.GraphClientError(), { customError: cause });
      });
    return graph.Client.initWithMiddleware({ baseUrl: origin, defaultVersion: 'v1.0', middleware });
  }

  async function respond(request: GraphRequest): Promise<Response> {
    request.signal.throwIfAborted();
    const waitMs = pause.getWaitMs();
    if (waitMs > 0) {
      throw new ServiceError('RateLimited', `${host} asked to slow down.`, { retryAfterMs: waitMs });
    }
    client ??= open();
    const { ResponseType } = await import('@microsoft/microsoft-graph-client');
    const prefer = ['IdType="ImmutableId"', request.prefer].filter((part) => part !== undefined).join(', ');
    const call = (await client)
      .api(request.path)
      .headers({ prefer })
      .options({ signal: request.signal })
      .responseType(ResponseType.RAW);
    try {
      return await dispatch(call, request);
    } catch (error) {
      throw isObject(error) && error.customError !== undefined ? error.customError : error;
    }
  }

  async function sendRaw(request: GraphRequest): Promise<Buffer | undefined> {
    const response = await respond(request);
    try {
      const body = await readBody(response, request.maxBytes ?? MAX_JSON_BYTES);
      if (response.ok) {
        assertNoPage(response, host);
        return body;
      }
      // Proxies answer in HTML.
      const said = body && parseJson(body.toString('utf8'));
      const failure = toServiceError(
        { status: response.status, retryAfter: response.headers.get('retry-after'), body: said },
        { host, permission: request.permission ?? READ, token: lastToken },
      );
      if (failure.type === 'RateLimited') pause.slowDown(failure.retryAfterMs ?? 0);
      throw failure;
    } catch (error) {
      request.signal.throwIfAborted();
      throw toNetworkError(error, host);
    }
  }

  return {
    settings,
    sendRaw,
    async sendJson(request) {
      const body = await sendRaw(request);
      if (body === undefined)
        throw new ServiceError('Unavailable', `${host} sent more than it was asked for.`);
      const json = parseJson(body.toString('utf8'));
      if (isObject(json)) return json;
      if (body.byteLength === 0 && (request.method ?? 'GET') !== 'GET') return {};
      throw new ServiceError('Unavailable', `${host} sent an answer that is not JSON.`, { fix: PROXY_FIX });
    },
    ...pause,
  };
}

/** Of a proxy, and taken for the source of a message it would be stored as mail. Graph answers nothing in HTML. */
function assertNoPage({ headers }: Response, host: string): void {
  if (!/^text\/html\b/i.test(headers.get('content-type') ?? '')) return;
  throw new ServiceError('Unavailable', `${host} sent a web page in place of an answer.`, { fix: PROXY_FIX });
}

function createPause(): Pick<GraphSession, 'slowDown' | 'getWaitMs'> {
  let notBefore = 0;
  return {
    slowDown(retryAfterMs) {
      notBefore = Math.max(notBefore, Date.now() + retryAfterMs);
    },
    getWaitMs: () => Math.max(0, notBefore - Date.now()),
  };
}

function dispatch(call: ClientRequest, { method = 'GET', body }: GraphRequest): Promise<Response> {
  if (method === 'POST') return call.post(body ?? {}) as Promise<Response>;
  if (method === 'PATCH') return call.patch(body ?? {}) as Promise<Response>;
  if (method === 'DELETE') return call.delete() as Promise<Response>;
  return call.get() as Promise<Response>;
}
