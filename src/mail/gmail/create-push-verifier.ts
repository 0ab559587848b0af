import { ServiceError } from '../../domain/service-error.ts';

export interface PushTokenSettings {
  /** What the push subscription was told to write into `aud`. */
  readonly audience: string;
  /** The service account that Pub/Sub signs in as. */
  readonly serviceAccount: string;
  /** Google's keys as a JWK set. */
  readonly keysUrl: string;
}

/** Whether Pub/Sub sent the request with this Authorization header. Throws Unavailable when keys cannot be had. */
export type VerifyPush = (authorization: string | undefined) => Promise<boolean>;

const ISSUERS = ['https://accounts.google.com', 'accounts.google.com'];
const MAX_TOKEN = 8_192;
const SKEW_S = 30;
/** They live for an hour. */
const MAX_AGE_S = 3_600 + SKEW_S;
const FETCH_MS = 3_000;

/** What makes jose refuse a token; any other failure is about the keys, or ours. */
const REFUSED =
  /^ERR_(?:JWT|JWS|JOSE_ALG_NOT_ALLOWED|JOSE_NOT_SUPPORTED|JWKS_NO_MATCHING_KEY|JWKS_MULTIPLE_MATCHING_KEYS)/;

/**
 * Checks the tokens of a push subscription with authentication: RS256 by one of Google's keys, issuer, audience,
 * service account, age. Keys are kept, and asked for again when a token names an unknown one.
 * Source: https://cloud.google.com/pubsub/docs/authenticate-push-subscriptions
 */
export async function createPushVerifier(settings: PushTokenSettings): Promise<VerifyPush> {
  const { audience, serviceAccount, keysUrl } = settings;
  const { createRemoteJWKSet, jwtVerify } = await import('jose');
  const keys = createRemoteJWKSet(new URL(keysUrl), { timeoutDuration: FETCH_MS });
  return async (authorization = '') => {
    const token =
      authorization.length > MAX_TOKEN ? undefined : /^Bearer ([\w.-]+)$/i.exec(authorization)?.[1];
    if (token === undefined) return false;
    try {
      const { payload } = await jwtVerify(token, keys, {
        algorithms: ['RS256'],
        issuer: ISSUERS,
        audience,
        clockTolerance: SKEW_S,
        maxTokenAge: MAX_AGE_S,
        requiredClaims: ['exp', 'iat', 'email'],
      });
      return payload.email === serviceAccount && payload.email_verified === true;
    } catch (error) {
      if (isRefusal(error)) return false;
      throw new ServiceError(
        'Unavailable',
        `The keys of Google cannot be had from ${new URL(keysUrl).host}.`,
        {
          fix: 'Pub/Sub sends the notification again; check that this machine may reach that address.',
        },
      );
    }
  };
}

function isRefusal(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && REFUSED.test(code);
}
