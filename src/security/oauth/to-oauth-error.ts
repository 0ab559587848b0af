import { boundWait } from '../../domain/asked-wait.ts';
import { maskSecret } from '../../domain/mask-secret.ts';
import { parseRetryAfter } from '../../domain/parse-retry-after.ts';
import { ServiceError } from '../../domain/service-error.ts';
import { SIGN_IN_NEEDED } from '../../domain/sign-in-needed.ts';

export interface OAuthErrorContext {
  readonly accountId: string;
  readonly host: string;
  /** Never to appear in a message, even when a server repeats them. */
  readonly secrets: readonly (string | undefined)[];
}

/** What openid-client and fetch put on their errors; they hold answers, so none is ever a cause of ours. */
interface OAuthFailure {
  readonly error?: unknown;
  readonly error_description?: unknown;
  readonly status?: unknown;
  readonly response?: unknown;
  readonly code?: unknown;
  readonly message?: unknown;
  readonly cause?: unknown;
}

const FOR_NOW = new Set(['temporarily_unavailable', 'server_error']);
const ABOUT_THE_CLIENT = new Set(['invalid_client', 'unauthorized_client']);
const WAIT_MS = 30_000;

export function toSignInFix(accountId: string): string {
  return `Sign in again: \`npm run mailroom -- account login ${accountId}\`, or the accounts page.`;
}

/** Any failure at the token endpoint (RFC 6749 5.2) to a ServiceError that shows no secret. */
export function toOAuthError(error: unknown, context: OAuthErrorContext): ServiceError {
  if (error instanceof ServiceError) return error;
  const { host, accountId, secrets } = context;
  const failure = toFailure(error);
  const status = toFailure(failure.cause).status ?? failure.status;
  // First: the code beside it is any that the provider had at hand (invalid_request), and needs no person.
  if (status === 429) return toRateLimited(host, 'too many requests (429)', toWait(failure));
  const said = typeof failure.error === 'string' ? failure.error : '';
  if (/^[\w.-]{1,60}$/.test(said)) {
    const described = typeof failure.error_description === 'string' ? failure.error_description : '';
    const words = described === '' ? said : `${clean(described, secrets)} (${said})`;
    const details = { error: said };
    if (FOR_NOW.has(said)) return new ServiceError('Unavailable', `${host} cannot sign in for now: ${words}`);
    if (said === 'slow_down') return toRateLimited(host, words, WAIT_MS);
    if (ABOUT_THE_CLIENT.has(said)) {
      return new ServiceError('AuthenticationFailed', `${host} refused the app: ${words}`, {
        fix: `Check the client id and the client secret of "${accountId}": they are those of the app at the provider.`,
        details,
      });
    }
    return new ServiceError('AuthenticationFailed', `${SIGN_IN_NEEDED}: ${host} refused: ${words}`, {
      fix: toSignInFix(accountId),
      details,
    });
  }
  if (failure.code === 'OAUTH_HTTP_REQUEST_FORBIDDEN') {
    return new ServiceError('InvalidInput', `Tokens would travel in the clear to ${host}.`);
  }
  const why = typeof status === 'number' ? `it answered ${status}` : toReason(failure, secrets);
  return new ServiceError('Unavailable', `${host} cannot be asked for a token: ${why}`, {
    fix: 'It is tried again; check that this machine may reach it.',
  });
}

function toRateLimited(host: string, words: string, retryAfterMs: number): ServiceError {
  return new ServiceError('RateLimited', `${host} asks to slow down: ${words}`, { retryAfterMs });
}

function toWait({ response, cause }: OAuthFailure): number {
  const answer = [response, cause].find((one) => one instanceof Response);
  const ms = boundWait(parseRetryAfter(answer?.headers.get('retry-after')));
  return Math.max(ms ?? WAIT_MS, 1_000);
}

function toFailure(value: unknown): OAuthFailure {
  return typeof value === 'object' && value !== null ? value : {};
}

/** The words of the innermost error: the outer ones only say that something went wrong. */
function toReason(failure: OAuthFailure, secrets: OAuthErrorContext['secrets']): string {
  let innermost = failure;
  for (let depth = 0; depth < 4 && innermost.cause instanceof Error; depth++) {
    innermost = toFailure(innermost.cause);
  }
  return clean(typeof innermost.message === 'string' ? innermost.message : 'no reason given', secrets);
}

/** One line, bounded, without secrets and addresses: it ends in histories. */
function clean(text: string, secrets: OAuthErrorContext['secrets']): string {
  let words = text.slice(0, 2_000);
  for (const secret of secrets) words = maskSecret(words, secret);
  return words
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .replace(/[^\s<>@:;,()[\]]{1,64}@[^\s<>@:;,()]{1,255}/g, '<address>')
    .trim()
    .slice(0, 200);
}
