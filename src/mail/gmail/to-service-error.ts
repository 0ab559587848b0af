import { maskSecret } from '../../domain/mask-secret.ts';
import { parseRetryAfter } from '../../domain/parse-retry-after.ts';
import { ServiceError } from '../../domain/service-error.ts';
import { maskResponse } from '../smtp/mask-response.ts';

export interface ErrorContext {
  /** For the sentence. */
  readonly host: string;
  /** Never to appear in a message, even when a server repeats it. */
  readonly token: string;
  /** The limit in bytes that the answer broke. */
  readonly tooLarge?: number | undefined;
  /** The header of the answer. */
  readonly retryAfter?: string | undefined;
}

/** What the vendor's client puts on its errors; its `config` holds the token, so it is never a cause. */
interface GmailFailure {
  readonly status?: number;
  readonly message?: string;
  readonly cause?: { readonly code?: unknown; readonly cause?: { readonly code?: unknown } };
  readonly response?: {
    readonly data?: {
      readonly error?: {
        readonly message?: unknown;
        readonly errors?: readonly { readonly reason?: unknown }[];
      };
    };
  };
}

const SLOW_DOWN = /^(?:user)?rateLimitExceeded$|^(?:daily|quota)(?:Limit)?Exceeded$/i;
const SCOPE_FIX =
  'Sign in again and allow everything that is asked for: https://www.googleapis.com/auth/gmail.modify ' +
  '(gmail.readonly is enough when nothing is written back), and enable the Gmail API in the Google Cloud project.';
/** What else than the scope may be in the way of a whole mailbox, by Google's reason. */
const OTHER_FIXES = new Map([
  [
    'domainPolicy',
    'Have the administrator of the domain allow Gmail and this app in the Google Admin console.',
  ],
  ['accessNotConfigured', 'Enable the Gmail API in the Google Cloud project of the OAuth client.'],
]);
const WAIT_MS = 30_000;

/**
 * Any failure of a call to a ServiceError with Google's own words, without the token. A ServiceError passes.
 * Source: https://developers.google.com/workspace/gmail/api/guides/handle-errors
 */
export function toServiceError(error: unknown, context: ErrorContext): ServiceError {
  if (error instanceof ServiceError) return error;
  const { host, token, tooLarge } = context;
  if (tooLarge !== undefined) {
    return new ServiceError('InvalidInput', `The answer of ${host} is longer than ${tooLarge} bytes.`, {
      details: { tooLarge: true },
    });
  }
  const failure: GmailFailure = typeof error === 'object' && error !== null ? error : {};
  const refused = failure.response?.data?.error;
  const said =
    typeof refused?.message === 'string' ? refused.message : (failure.message ?? 'no reason given');
  const words = maskResponse(maskSecret(said, token)).slice(0, 200);
  const given = refused?.errors?.[0]?.reason;
  const reason = typeof given === 'string' ? given : '';
  const { status } = failure;
  if (status === undefined) {
    const code = failure.cause?.code ?? failure.cause?.cause?.code;
    return new ServiceError('Unavailable', `${host} cannot be reached: ${words}`, {
      fix: 'Check that this machine may reach it; it is tried again.',
      details: { code: typeof code === 'string' ? code : 'unknown' },
    });
  }
  if (status === 429 || (status === 403 && SLOW_DOWN.test(reason))) {
    const retryAfterMs = readWait(context.retryAfter, said);
    return new ServiceError('RateLimited', `${host} asks to slow down: ${words}`, { retryAfterMs });
  }
  // Of a proxy: Gmail would say what it does not have, and what is listed is not gone for it.
  if (status === 404 && refused === undefined) {
    return new ServiceError('Unavailable', `Something answered 404 in place of ${host}: ${words}`, {
      fix: 'Check that no proxy answers in its place; it is tried again.',
      details: { status },
    });
  }
  return toRefusal(status, reason, words, context);
}

function toRefusal(status: number, reason: string, words: string, context: ErrorContext): ServiceError {
  const { host, retryAfter } = context;
  const details = { status, ...(/^\w{1,60}$/.test(reason) ? { reason } : {}) };
  if (status === 401) {
    return new ServiceError('AuthenticationFailed', `${host} refused the token: ${words}`, {
      fix: 'Sign in again: `npm run mailroom -- account login ID`, or the accounts page.',
      details,
    });
  }
  if (status === 403) {
    return new ServiceError('PermissionDenied', `${host} does not allow it: ${words}`, {
      fix: OTHER_FIXES.get(reason) ?? SCOPE_FIX,
      details,
    });
  }
  if (status === 404) return new ServiceError('NotFound', `${host} has no such thing: ${words}`, { details });
  if (status === 409) return new ServiceError('Conflict', `${host} has it already: ${words}`, { details });
  if (status >= 400 && status < 500 && status !== 408) {
    return new ServiceError('InvalidInput', `${host} refused the request: ${words}`, { details });
  }
  const later = parseRetryAfter(retryAfter) === undefined ? {} : { retryAfterMs: readWait(retryAfter, '') };
  return new ServiceError('Unavailable', `${host} failed with ${status}: ${words}`, { ...later, details });
}

/** Retry-After, or the date that Gmail writes into the sentence. */
function readWait(header: string | undefined, said: string): number {
  const written = /retry after (\d{4}-\d\d-\d\dT[\d:.]{8,15}Z)/i.exec(said)?.[1] ?? '';
  const left = Date.parse(written) - Date.now();
  return parseRetryAfter(header) ?? (Number.isNaN(left) ? WAIT_MS : Math.max(left, 1_000));
}
