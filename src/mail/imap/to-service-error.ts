import { maskSecret } from '../../domain/mask-secret.ts';
import { ServiceError } from '../../domain/service-error.ts';
import { maskResponse } from '../smtp/mask-response.ts';

export interface ErrorContext {
  /** `host:port`, for the sentence. */
  readonly host: string;
  /** Never to appear in a message, even when a server repeats it. */
  readonly secret?: string;
  /** What the secret is; absent: a password. */
  readonly kind?: 'password' | 'token';
}

/** What imapflow puts on its errors. */
interface ImapFailure {
  readonly code?: string;
  readonly authenticationFailed?: boolean;
  readonly tlsFailed?: boolean;
  readonly responseStatus?: string;
  readonly responseText?: string;
  readonly serverResponseCode?: string;
  readonly reason?: string;
  readonly throttleReset?: number;
  /** What XOAUTH2 and OAUTHBEARER (RFC 7628 3.2.2) say beside the NO; parsed JSON of the server. */
  readonly oauthError?: unknown;
  readonly message?: string;
}

/** RFC 5530: the login was not judged; the same password may do later. */
const TRANSIENT_CODES = new Set(['UNAVAILABLE', 'INUSE', 'SERVERBUG']);
const TRANSIENT_WORDS = /too many|try again|temporar|rate limit|throttl|unavailable/i;
const LOGIN_FIX = {
  password: 'Check the username and the password; many providers want an app password.',
  token:
    'Sign in again: `npm run mailroom -- account login ID`; check user, scopes and that IMAP is switched on.',
};
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_(?:VERIFY|GET_ISSUER)/;
/** `host:port` of this machine. */
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|::1|\[::1\]):\d/i;
const UNREACHABLE_FIX =
  'Check the host and the port (993 is tls, 143 is starttls), and that no firewall keeps this machine from them.';
const NO_TLS = /^(?:EPROTO|ERR_SSL_)/;

/** Any failure of a command to a ServiceError with the server's own words. A ServiceError passes as it is. */
export function toServiceError(error: unknown, context: ErrorContext): ServiceError {
  if (error instanceof ServiceError) return error;
  const failure: ImapFailure = typeof error === 'object' && error !== null ? error : {};
  const words = toWords(failure, context.secret);
  const { code = '', responseStatus } = failure;
  if (code === 'ETHROTTLE' || /OVERQUOTA|LIMIT/.test(failure.serverResponseCode ?? '')) {
    const retryAfterMs = failure.throttleReset ?? 60_000;
    return new ServiceError('RateLimited', `${context.host} asks to slow down: ${words}`, { retryAfterMs });
  }
  // A BYE, for one: there is no command that it answers.
  const isBusy = responseStatus === undefined && TRANSIENT_WORDS.test(failure.reason ?? '');
  if (isBusy) return new ServiceError('Unavailable', `${context.host} refused for now: ${words}`);
  if (responseStatus !== undefined) return toRefusal(failure, words, context);
  if (code.endsWith('TooLarge')) {
    // After the login it is one for sure.
    const fix = context.kind && { fix: 'Check that host and port are those of an IMAP server.' };
    return new ServiceError(
      'Unavailable',
      `${context.host} sends more than can be an answer: ${words}`,
      fix ?? {},
    );
  }
  if (failure.tlsFailed === true || CERTIFICATE.test(code) || NO_TLS.test(code)) {
    return toTlsFailure(code, words, context);
  }
  const isUnsupported = failure.message === 'Unsupported authentication mechanism';
  if (isUnsupported || (failure.authenticationFailed === true && code === '')) {
    const fix =
      context.kind === 'token'
        ? 'The server takes no OAuth tokens here: give the account a password.'
        : 'Set security to tls or starttls; some servers take no password in plain text.';
    return new ServiceError('InvalidInput', `${context.host} offers no login that fits: ${words}`, { fix });
  }
  return new ServiceError('Unavailable', `${context.host} cannot be reached: ${words}`, {
    fix: UNREACHABLE_FIX,
    details: { code: code === '' ? 'unknown' : code },
  });
}

function toRefusal(failure: ImapFailure, words: string, context: ErrorContext): ServiceError {
  const reported = failure.serverResponseCode ?? '';
  const transient = TRANSIENT_CODES.has(reported) || TRANSIENT_WORDS.test(failure.responseText ?? '');
  if (transient) return new ServiceError('Unavailable', `${context.host} refused for now: ${words}`);
  if (failure.authenticationFailed === true) {
    const said = `${context.host} refused the login: ${words}${describeOauth(failure.oauthError)}`;
    return new ServiceError('AuthenticationFailed', said, { fix: LOGIN_FIX[context.kind ?? 'password'] });
  }
  if (reported === 'NOPERM' || reported === 'ACL') {
    return new ServiceError('PermissionDenied', `${context.host} does not allow it: ${words}`);
  }
  return new ServiceError('Unavailable', `${context.host} refused the command: ${words}`);
}

function toTlsFailure(code: string, words: string, context: ErrorContext): ServiceError {
  const fix = findTlsFix(code, LOOPBACK.test(context.host));
  return new ServiceError('InvalidInput', `No secure connection to ${context.host}: ${words}`, { fix });
}

function findTlsFix(code: string, isLoopback: boolean): string {
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return 'Use a name that is in the certificate as the host.';
  if (code === 'CERT_HAS_EXPIRED') return 'Have the certificate of the server renewed.';
  if (code === 'CERT_NOT_YET_VALID')
    return 'Set the clock of this machine, or have the certificate replaced.';
  if (CERTIFICATE.test(code) && isLoopback)
    return 'It is this machine: accept it by --allow-self-signed (imap.allowSelfSigned), or have it signed by a known authority.';
  if (CERTIFICATE.test(code))
    return 'Have it signed by a known authority, or start Node with NODE_EXTRA_CA_CERTS naming your own.';
  return 'Check port and security: 993 is tls, 143 is starttls.';
}

/** `(status 401, scope https://mail.google.com/)`. */
function describeOauth(answer: unknown): string {
  if (typeof answer !== 'object' || answer === null) return '';
  const { status, scope } = answer as { readonly status?: unknown; readonly scope?: unknown };
  const parts = Object.entries({ status, scope }).flatMap(([name, value]) =>
    typeof value === 'string' || typeof value === 'number' ? [`${name} ${String(value)}`] : [],
  );
  return parts.length === 0 ? '' : ` (${maskResponse(parts.join(', ')).slice(0, 120)})`;
}

function toWords(failure: ImapFailure, secret: string | undefined): string {
  const said = failure.responseText ?? failure.reason ?? failure.message ?? failure.code ?? 'no reason given';
  // It ends in histories: no addresses either.
  return maskResponse(maskSecret(said, secret)).slice(0, 200);
}
