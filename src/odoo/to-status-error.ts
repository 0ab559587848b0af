import type { FailureType } from '../domain/failure.ts';
import { ServiceError, type ServiceErrorOptions } from '../domain/service-error.ts';

const BY_STATUS: Readonly<Record<number, FailureType>> = {
  401: 'AuthenticationFailed',
  403: 'PermissionDenied',
  408: 'Unavailable',
  413: 'Rejected',
  429: 'RateLimited',
};

/** RFC 9110 10.2.3: seconds or a date. Undefined when unreadable. */
function toMilliseconds(retryAfter: string | undefined, now: number): number | undefined {
  if (retryAfter === undefined) return undefined;
  const ms = /^\d+$/.test(retryAfter) ? Number(retryAfter) * 1_000 : Date.parse(retryAfter) - now;
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}

/**
 * An HTTP answer that is not Odoo's own. Redirects and 404 count as `Unavailable`: nothing is wrong with the message
 * that was to be synced, there is just no Odoo at that place.
 */
export function toStatusError(answer: {
  readonly status: number;
  readonly retryAfter: string | undefined;
}): ServiceError {
  const { status } = answer;
  const type = BY_STATUS[status] ?? (status === 400 || status === 422 ? 'Rejected' : 'Unavailable');
  const retryAfterMs = toMilliseconds(answer.retryAfter, Date.now());
  const options: ServiceErrorOptions = { details: { status } };
  const misplaced = status === 404 || (status >= 300 && status < 400);
  return new ServiceError(type, `Odoo answered HTTP ${status}`, {
    ...options,
    ...(misplaced
      ? { fix: 'Check ODOO_URL: no Odoo RPC endpoint is there (XML-RPC leaves after Odoo 19)' }
      : {}),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
}
