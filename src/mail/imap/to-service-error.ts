import { ServiceError } from '../../domain/service-error.ts';
import { maskResponse } from '../smtp/mask-response.ts';

export interface ErrorContext {
  /** `host:port`, for the sentence. */
  readonly host: string;
  /** Never to appear in a message, even when a server repeats it. */
  readonly secret?: string;
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
  readonly message?: string;
}

/** RFC 5530: the login was not judged; the same password may do later. */
const TRANSIENT_CODES = new Set(['UNAVAILABLE', 'INUSE', 'SERVERBUG']);
const TRANSIENT_WORDS = /too many|try again|temporar|rate limit|throttl|unavailable/i;
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_(?:VERIFY|GET_ISSUER)/;
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
  if (responseStatus !== undefined) return toRefusal(failure, words, context);
  if (failure.tlsFailed === true || CERTIFICATE.test(code) || NO_TLS.test(code)) {
    return toTlsFailure(code, words, context);
  }
  if (failure.authenticationFailed === true && code === '') {
    return new ServiceError('InvalidInput', `${context.host} offers no login that fits: ${words}`, {
      fix: 'Set security to tls or starttls; some servers take no password in plain text.',
    });
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
    return new ServiceError('AuthenticationFailed', `${context.host} refused the login: ${words}`, {
      fix: 'Check the username and the password; many providers want an app password.',
    });
  }
  if (reported === 'NOPERM' || reported === 'ACL') {
    return new ServiceError('PermissionDenied', `${context.host} does not allow it: ${words}`);
  }
  return new ServiceError('Unavailable', `${context.host} refused the command: ${words}`);
}

function toTlsFailure(code: string, words: string, context: ErrorContext): ServiceError {
  const fix = CERTIFICATE.test(code)
    ? 'Use the name in the certificate as host, or start Node with NODE_EXTRA_CA_CERTS naming your authority.'
    : 'Check port and security: 993 is tls, 143 is starttls.';
  return new ServiceError('InvalidInput', `No secure connection to ${context.host}: ${words}`, { fix });
}

function toWords(failure: ImapFailure, secret: string | undefined): string {
  const said = failure.responseText ?? failure.reason ?? failure.message ?? failure.code ?? 'no reason given';
  // It ends in histories: no addresses either.
  return maskResponse(secret === undefined || secret === '' ? said : said.replaceAll(secret, '***')).slice(
    0,
    200,
  );
}
