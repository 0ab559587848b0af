import type { Context, Middleware } from '@microsoft/microsoft-graph-client';
import { ServiceError } from '../../domain/service-error.ts';
import type { TokenCredentials } from './check-settings.ts';
import { toNetworkError } from './to-network-error.ts';

const TIMEOUT_MS = 60_000;

export interface MiddlewareOptions {
  /** The only origin that is talked to, and that sees the token. */
  readonly origin: string;
  readonly credentials: TokenCredentials;
  readonly fetch: typeof fetch;
  /** Told each token that is sent, so that no answer that repeats it is shown. */
  readonly onToken: (token: string) => void;
}

/**
 * The whole chain of the client. Its own one retries by itself, under Temporal's retries, and follows redirects; it
 * also drops the token without a word for hosts that it does not know. A refused token is refreshed once.
 */
export function createMiddleware({ origin, credentials, fetch, onToken }: MiddlewareOptions): Middleware {
  const host = new URL(origin).host;

  async function send(context: Context, token: string): Promise<Response> {
    const { signal, ...options } = (context.options ?? {}) as RequestInit;
    const timeout = AbortSignal.timeout(TIMEOUT_MS);
    onToken(token);
    try {
      return await fetch(context.request as string, {
        ...options,
        headers: { ...(options.headers as Record<string, string>), authorization: `Bearer ${token}` },
        // A redirect would carry the token to wherever it points.
        redirect: 'manual',
        signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      });
    } catch (error) {
      signal?.throwIfAborted();
      throw toNetworkError(error, host);
    }
  }

  return {
    async execute(context) {
      const url = new URL(context.request as string);
      if (url.origin !== origin) {
        throw new ServiceError('InvalidInput', `A link to ${url.host} is not followed; only ${host} is.`, {
          fix: 'Check baseUrl: its answers point elsewhere.',
        });
      }
      const token = await credentials.getAccessToken();
      let response = await send(context, token);
      if (response.status === 401) {
        await response.body?.cancel();
        response = await send(context, await credentials.getAccessToken(token));
      }
      context.response = response;
    },
  };
}
