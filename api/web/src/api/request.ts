import type { Problem } from '../../../schemas/problem.ts';
import { connection } from '../state/connection.ts';
import { session } from '../state/session.ts';
import { ApiError } from './api-error.ts';

type Query = Readonly<Record<string, string | number | undefined>>;

interface RequestOptions {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | undefined;
  readonly query?: Query;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
  /** Statuses beside 2xx whose body is the answer: /health says 503 and still tells all. */
  readonly accept?: readonly number[];
}

const UNREACHABLE: Problem = {
  type: 'about:blank',
  title: 'The server cannot be reached',
  status: 0,
  detail: 'The request got no answer',
  fix: 'Check that Mailroom is running (npm start). This page tries again by itself.',
};

/**
 * The one way to the API. Answers are not checked again here: their shapes are the server's zod schemas, which
 * serialise every answer, and zod would be a third of this page's code.
 * @throws ApiError with the server's problem.
 */
export async function request<T>(path: string, options: RequestOptions = {}): Promise<T> {
  const response = await send(path, options);
  if (!response.ok && !options.accept?.includes(response.status)) throw await toApiError(response);
  return (await response.json()) as T;
}

async function send(
  path: string,
  { method = 'GET', query, body, signal }: RequestOptions,
): Promise<Response> {
  const { key } = session.get();
  const init: RequestInit = {
    method,
    headers: {
      accept: 'application/json',
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  };
  const response = await fetch(path + toSearch(query), init).catch((error: unknown) => {
    if (signal?.aborted) throw error;
    connection.set(false);
    throw new ApiError(UNREACHABLE);
  });
  connection.set(true);
  if (response.status === 401) session.lock(key);
  return response;
}

function toSearch(query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) search.set(name, String(value));
  }
  return search.size === 0 ? '' : `?${search}`;
}

async function toApiError(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => undefined);
  if (isProblem(body)) return new ApiError(body);
  return new ApiError({
    type: 'about:blank',
    title: 'The server gave an answer that cannot be read',
    status: response.status,
    detail: `HTTP ${response.status} ${response.statusText}`.trim(),
    fix: 'Is something else listening on this port, or a proxy in between?',
  });
}

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'title' in body && 'detail' in body;
}
