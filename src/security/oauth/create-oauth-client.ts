import type { Configuration } from 'openid-client';
import type { OAuthSettings } from '../../domain/account.ts';
import { isLoopbackHost } from '../../domain/is-loopback-host.ts';
import { ServiceError } from '../../domain/service-error.ts';
import { findPerson } from './compare-person.ts';

const TIMEOUT_S = 15;
const ANSWER_BYTES = 256 * 1024;
/** What providers send back as `iss` (RFC 9207); of others it is not known. */
const ISSUERS: Partial<Record<OAuthSettings['provider'], string>> = { google: 'https://accounts.google.com' };

export interface OAuthClient {
  readonly openid: typeof import('openid-client');
  readonly configuration: Configuration;
  /** For sentences: the host of the token endpoint. */
  readonly host: string;
  /** The issuer is known, so that an answer that names another one is refused. */
  readonly knowsIssuer: boolean;
}

/**
 * The provider of an account as openid-client sees it. Nothing is discovered: the endpoints are in the settings.
 * Throws InvalidInput for an endpoint in plain text that is not of this machine.
 */
export async function createOAuthClient(
  settings: OAuthSettings,
  clientSecret: string | undefined,
): Promise<OAuthClient> {
  const { tokenUrl, authorizationUrl, deviceUrl, provider, clientId } = settings;
  const urls = [tokenUrl, authorizationUrl, deviceUrl].flatMap((url) => (url === undefined ? [] : [url]));
  const plain = urls.filter((url) => !url.startsWith('https:'));
  for (const url of plain) {
    if (isLoopbackHost(new URL(url).hostname)) continue;
    throw new ServiceError('InvalidInput', `Tokens would travel in the clear to ${new URL(url).host}.`, {
      fix: 'Write the addresses of the sign-in with https.',
    });
  }
  // Here and not at the start: every process of ours has this file, and few sign in.
  const openid = await import('openid-client');
  const configuration = new openid.Configuration(
    {
      issuer: ISSUERS[provider] ?? new URL(tokenUrl).origin,
      token_endpoint: tokenUrl,
      ...(authorizationUrl === undefined ? {} : { authorization_endpoint: authorizationUrl }),
      ...(deviceUrl === undefined ? {} : { device_authorization_endpoint: deviceUrl }),
    },
    clientId,
    undefined,
    clientSecret === undefined || clientSecret === '' ? openid.None() : openid.ClientSecretPost(clientSecret),
  );
  configuration.timeout = TIMEOUT_S;
  configuration[openid.customFetch] = fetchPlain;
  if (plain.length > 0) openid.allowInsecureRequests(configuration);
  return {
    openid,
    configuration,
    host: new URL(tokenUrl).host,
    knowsIssuer: ISSUERS[provider] !== undefined,
  };
}

/** Bounded, and of an ID token only whom it names: nobody is signed in to us, and who issued it is not always known. */
async function fetchPlain(url: string, init: object): Promise<Response> {
  const answer = await fetch(url, { ...init, redirect: 'manual' });
  const text = await readBounded(answer);
  const { status, statusText } = answer;
  const headers = new Headers(answer.headers);
  // With a challenge (RFC 6749 5.2) the body, which says what is wrong, would not be read.
  headers.delete('www-authenticate');
  return new Response([204, 304].includes(status) ? null : withPerson(text), {
    status,
    statusText,
    headers,
  });
}

async function readBounded({ body }: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > ANSWER_BYTES) throw new Error(`The answer is longer than ${ANSWER_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** `signed_in_as` instead of the ID token. */
function withPerson(text: string): string {
  if (!text.includes('"id_token"') && !text.includes('"signed_in_as"')) return text;
  try {
    const { id_token: idToken, signed_in_as: _ours, ...rest } = JSON.parse(text) as Record<string, unknown>;
    return JSON.stringify({ ...rest, signed_in_as: findPerson(idToken) });
  } catch (error) {
    if (error instanceof SyntaxError) return text;
    throw error;
  }
}
