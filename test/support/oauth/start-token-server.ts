import { OAuth2Server } from 'oauth2-mock-server';
import type { OAuthSettings } from '../../../src/domain/account.ts';

export interface TokenRequest {
  readonly grant: string;
  readonly refresh: string | undefined;
  readonly secret: string | undefined;
  readonly scope: string | undefined;
}

/** What the token endpoint does with a request instead of granting it; a body changes what it grants. */
export type TokenFault =
  | {
      readonly status: number;
      readonly body: Record<string, unknown>;
      readonly headers?: Record<string, string>;
    }
  | { readonly grant: Record<string, unknown> };

export type TokenServer = Awaited<ReturnType<typeof startTokenServer>>;

/** An OAuth provider on a loopback port, whose token endpoint can be told to fail. */
export async function startTokenServer() {
  const server = new OAuth2Server();
  await server.issuer.keys.generate('RS256');
  await server.start(0, '127.0.0.1');
  const { port } = server.address();
  const url = `http://127.0.0.1:${port}`;
  const requests: TokenRequest[] = [];
  let judge: (request: TokenRequest, count: number) => TokenFault | undefined = () => undefined;

  server.service.on('beforeResponse', (response, request) => {
    const body = request.body as Record<string, string | undefined>;
    const asked: TokenRequest = {
      grant: body.grant_type ?? '',
      refresh: body.refresh_token,
      secret: body.client_secret,
      scope: body.scope,
    };
    requests.push(asked);
    const fault = judge(asked, requests.length);
    if (fault === undefined) return;
    if ('grant' in fault) Object.assign(response.body as object, fault.grant);
    else {
      Object.assign(response, { statusCode: fault.status, body: fault.body });
      for (const [name, value] of Object.entries(fault.headers ?? {})) request.res?.setHeader(name, value);
    }
  });
  return {
    url,
    service: server.service,
    /** Of the token endpoint, oldest first. */
    requests,
    settings: {
      provider: 'other',
      clientId: 'mailroom',
      tokenUrl: `${url}/token`,
      authorizationUrl: `${url}/authorize`,
      deviceUrl: undefined,
      scopes: ['mail.read'],
      grant: 'user',
    } satisfies OAuthSettings as OAuthSettings,
    judge(next: typeof judge) {
      judge = next;
    },
    reset() {
      requests.length = 0;
      judge = () => undefined;
    },
    stop: () => server.stop(),
  };
}
