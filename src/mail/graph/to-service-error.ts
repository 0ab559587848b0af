import { isObject } from '../../domain/is-object.ts';
import { maskSecret } from '../../domain/mask-secret.ts';
import { parseRetryAfter } from '../../domain/parse-retry-after.ts';
import { ServiceError } from '../../domain/service-error.ts';
import { maskResponse } from '../smtp/mask-response.ts';

/** What was refused, as Graph says it: a status, and `{ error: { code, message } }`. */
export interface Refusal {
  readonly status: number;
  readonly retryAfter: string | null | undefined;
  /** The parsed body; undefined when it was no JSON. */
  readonly body: unknown;
}

export interface ErrorContext {
  readonly host: string;
  /** What the app has to be allowed for this request. */
  readonly permission: string;
  /** Never to appear in a message. */
  readonly token?: string | undefined;
}

/** Codes of a mailbox that Graph does not serve, as against a folder or message that is gone. */
const NO_MAILBOX =
  /^(?:MailboxNot(?:Enabled|Supported)ForRESTAPI|ErrorInvalidUser|ErrorNonExistentMailbox|Request_ResourceNotFound)$/;

/** No word of Graph about the thing that was asked for: a page of a proxy, or of the gateway before Exchange. */
const NO_WORD = /^(?:unknown|UnknownError)$/;

/** Any refusal of Graph in our terms (learn.microsoft.com/graph/errors). `details` holds status and code. */
export function toServiceError(refusal: Refusal, context: ErrorContext): ServiceError {
  const { status } = refusal;
  const { code, words } = readFault(refusal, context);
  const details = { status, code };
  const said = `${context.host} answered ${status}: ${words}`;
  const retryAfterMs = parseRetryAfter(refusal.retryAfter);
  const later = retryAfterMs === undefined ? {} : { retryAfterMs };
  if (status === 429) {
    return new ServiceError('RateLimited', `${context.host} asks to slow down: ${words}`, {
      retryAfterMs: retryAfterMs ?? 30_000,
      details,
    });
  }
  if (status >= 500 || status === 408 || status === 423) {
    return new ServiceError('Unavailable', said, { ...later, details });
  }
  if (status === 401) {
    return new ServiceError('AuthenticationFailed', `${context.host} refused the sign-in: ${words}`, {
      fix: 'Sign the account in again: `npm run mailroom -- account login ACCOUNT`.',
      details,
    });
  }
  if (status === 403) {
    return new ServiceError('PermissionDenied', `${context.host} does not allow it: ${words}`, {
      fix: `Grant the app ${context.permission} in Microsoft Entra, with admin consent, and let it reach this mailbox (application access policy).`,
      details,
    });
  }
  if (status === 404) return toNotFound(code, said, details);
  if (status === 400) return new ServiceError('InvalidInput', said, { details });
  if (status === 412) return new ServiceError('Unavailable', said, { details });
  return new ServiceError('Rejected', said, { details });
}

/** True when a folder or a message is gone, and not the mailbox. */
export function isItemGone(error: unknown): boolean {
  return (
    error instanceof ServiceError && error.details.status === 404 && isOfItem(String(error.details.code))
  );
}

/** As `isItemGone`, of a part of a batch: each part of it may be refused for the mailbox as a whole. */
export function saysGone({ status, body }: Pick<Refusal, 'status' | 'body'>): boolean {
  return status === 404 && isOfItem(readCode(body));
}

function isOfItem(code: string): boolean {
  return !NO_MAILBOX.test(code) && !NO_WORD.test(code);
}

function toNotFound(code: string, said: string, details: ServiceError['details']): ServiceError {
  if (NO_WORD.test(code)) {
    return new ServiceError('Unavailable', said, {
      fix: 'Check baseUrl, and that no proxy answers in its place; it is tried again.',
      details,
    });
  }
  const fix = NO_MAILBOX.test(code)
    ? 'Check the name of the mailbox, and that it lies in Exchange Online and has a licence.'
    : 'Check the folders of this account.';
  return new ServiceError('NotFound', said, { fix, details });
}

function readFault({ body }: Refusal, { token }: ErrorContext): { code: string; words: string } {
  const code = readCode(body);
  const { message: said } = toError(body);
  const message = typeof said === 'string' ? said.slice(0, 2_000) : '';
  const safe = maskSecret(message, token);
  return { code, words: maskResponse(safe === '' ? code : `${code}: ${safe}`) };
}

function readCode(body: unknown): string {
  const { code } = toError(body);
  return (typeof code === 'string' ? /^[A-Za-z0-9_.-]{1,80}$/.exec(code)?.[0] : undefined) ?? 'unknown';
}

function toError(body: unknown): Record<string, unknown> {
  return isObject(body) && isObject(body.error) ? body.error : {};
}
