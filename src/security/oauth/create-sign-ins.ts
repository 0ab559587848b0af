import { createHash } from 'node:crypto';
import type { Account, OAuthSettings } from '../../domain/account.ts';
import { ServiceError } from '../../domain/service-error.ts';
import type { Sealer } from '../seal.ts';
import { comparePerson } from './compare-person.ts';
import { createOAuthClient } from './create-oauth-client.ts';
import { toTokens } from './request-tokens.ts';
import { toOAuthError, toSignInFix } from './to-oauth-error.ts';
import { type SealedTokens, sealTokens } from './tokens.ts';

/** An account that somebody signs in to, and the secret of the app at its provider. */
export interface SignInAccount {
  readonly account: Pick<Account, 'id' | 'address'> & {
    readonly oauth: OAuthSettings;
    readonly imap?: Account['imap'];
    readonly graph?: Account['graph'];
  };
  readonly clientSecret: string | undefined;
}

interface Flow {
  readonly stateHash: string;
  readonly accountId: string;
  readonly verifier: Uint8Array;
  readonly redirectUri: string;
  readonly expiresAt: Date;
}

export interface SignInParts {
  readonly sealer: Sealer;
  readonly flows: {
    add(flow: Flow): Promise<void>;
    /** Each is taken once; undefined: unknown, taken or too old. */
    take(stateHash: string): Promise<Flow | undefined>;
  };
  readonly tokens: { replace(accountId: string, tokens: SealedTokens): Promise<void> };
  readonly getAccount: (accountId: string) => Promise<SignInAccount>;
  /** Where browsers reach the API: an address without a trailing slash. */
  readonly baseUrl: string;
}

export interface FinishedSignIn {
  readonly accountId: string;
  /** What whoever signed in should know. */
  readonly note: string | undefined;
}

export interface StartedSignIn {
  readonly authorizationUrl: string;
  /** Has to be registered with the provider, exactly so. */
  readonly redirectUri: string;
  readonly expiresAt: Date;
}

const LIFE_MS = 10 * 60_000;
const GOOGLE_PERSON = 'https://www.googleapis.com/auth/userinfo.';
/** Without these Google gives a refresh token at the first sign-in only. */
const EXTRA = { google: { access_type: 'offline', prompt: 'consent' }, microsoft: {}, other: {} } as const;
/** What an answer may bring; anything else is not looked at. */
const ANSWER_PARAMETERS = ['code', 'state', 'iss', 'error', 'error_description'];

const hash = (state: string): string => createHash('sha256').update(state).digest('hex');
const toAad = (stateHash: string): string => `oauth_flow/verifier/${stateHash}`;

/** Sign-ins in a browser: authorization code with PKCE (RFC 6749 4.1, RFC 7636), the state stored as a hash. */
export function createSignIns(parts: SignInParts) {
  return {
    start: (accountId: string): Promise<StartedSignIn> => startSignIn(parts, accountId),
    /** Takes what the provider sent the browser back with. Throws ServiceError. */
    finish: (query: URLSearchParams): Promise<FinishedSignIn> => finishSignIn(parts, query),
  };
}

async function startSignIn(
  { getAccount, sealer, flows, baseUrl }: SignInParts,
  accountId: string,
): Promise<StartedSignIn> {
  const { account, clientSecret } = await getAccount(accountId);
  const { oauth, address } = account;
  if (oauth.authorizationUrl === undefined) {
    throw new ServiceError('InvalidInput', `The account "${accountId}" names no address to sign in at.`, {
      fix: 'Set its `authorizationUrl`, or sign in by a code: `npm run mailroom -- account login`.',
    });
  }
  const { openid, configuration } = await createOAuthClient(oauth, clientSecret);
  const state = openid.randomState();
  const verifier = openid.randomPKCECodeVerifier();
  const redirectUri = toRedirectUri(baseUrl, oauth.provider);
  const expiresAt = new Date(Date.now() + LIFE_MS);
  const stateHash = hash(state);
  const sealed = sealer.seal(Buffer.from(verifier), toAad(stateHash));
  await flows.add({ stateHash, accountId, verifier: sealed, redirectUri, expiresAt });
  const url = openid.buildAuthorizationUrl(configuration, {
    redirect_uri: redirectUri,
    scope: oauth.scopes.join(' '),
    state,
    code_challenge: await openid.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...(address === '' ? {} : { login_hint: address }),
    ...EXTRA[oauth.provider],
  });
  return { authorizationUrl: url.href, redirectUri, expiresAt };
}

async function finishSignIn(
  { getAccount, sealer, flows, tokens }: SignInParts,
  query: URLSearchParams,
): Promise<FinishedSignIn> {
  const state = query.getAll('state').length === 1 ? (query.get('state') ?? '') : '';
  const flow = /^[\w-]{20,200}$/.test(state) ? await flows.take(hash(state)) : undefined;
  if (flow === undefined) throw unknownFlow();
  const { account, clientSecret } = await getAccount(flow.accountId);
  const client = await createOAuthClient(account.oauth, clientSecret);
  const back = new URL(flow.redirectUri);
  for (const name of ANSWER_PARAMETERS) {
    const value = name === 'iss' && !client.knowsIssuer ? null : query.get(name);
    if (value !== null) back.searchParams.set(name, value);
  }
  const verifier = Buffer.from(sealer.open(flow.verifier, toAad(flow.stateHash))).toString('utf8');
  const secrets = [verifier, clientSecret, query.get('code') ?? undefined];
  const answer = await client.openid
    .authorizationCodeGrant(client.configuration, back, { pkceCodeVerifier: verifier, expectedState: state })
    .catch((error: unknown) => {
      throw toOAuthError(error, { accountId: account.id, host: client.host, secrets });
    });
  const note = judgeGrant(account, answer);
  const sealed = sealTokens(sealer, account.id, toTokens(answer, undefined, new Date()));
  await tokens.replace(account.id, sealed);
  return { accountId: account.id, note };
}

/**
 * What whoever signed in should know. Throws PermissionDenied when they left out a right, when they are somebody else,
 * or when the grant would end within the hour.
 */
export function judgeGrant(
  account: SignInAccount['account'],
  answer: {
    readonly refresh_token?: string | undefined;
    readonly scope?: string | undefined;
    readonly signed_in_as?: unknown;
  },
): string | undefined {
  const { id, oauth } = account;
  const granted = new Set((answer.scope ?? '').split(' '));
  // Google answers `email` and `profile` by their long names.
  const isMissing = (scope: string) => !granted.has(scope) && !granted.has(`${GOOGLE_PERSON}${scope}`);
  const missing = oauth.scopes.filter(isMissing);
  // Others write scopes in another form than they were asked in.
  if (oauth.provider === 'google' && answer.scope !== undefined && missing.length > 0) {
    throw new ServiceError('PermissionDenied', `A right was left out: ${missing.join(', ')}.`, {
      fix: `Tick every box that Google shows. ${toSignInFix(id)}`,
    });
  }
  if (answer.refresh_token === undefined) {
    throw new ServiceError('PermissionDenied', 'The provider gave no refresh token: it would end soon.', {
      fix: 'Add the scope `offline_access`, or what the provider wants for offline use, and sign in again.',
    });
  }
  return comparePerson(account, typeof answer.signed_in_as === 'string' ? answer.signed_in_as : undefined);
}

/** Microsoft takes localhost, not 127.0.0.1, in its form for redirect addresses. */
function toRedirectUri(baseUrl: string, provider: OAuthSettings['provider']): string {
  const base = provider === 'microsoft' ? baseUrl.replace('//127.0.0.1', '//localhost') : baseUrl;
  return `${base}/oauth/callback`;
}

function unknownFlow(): ServiceError {
  return new ServiceError(
    'InvalidInput',
    'This sign-in is not known here, was used already, or is older than ten minutes.',
    { fix: 'Start it again on the accounts page, or with `npm run mailroom -- account login ID`.' },
  );
}
