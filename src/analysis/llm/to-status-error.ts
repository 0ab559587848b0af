import type { FailureType } from '../../domain/failure.ts';
import { ServiceError } from '../../domain/service-error.ts';
import { retryAfterMs } from './retry-after-ms.ts';

interface Translation {
  readonly type: FailureType;
  readonly says: string;
  readonly fix?: string;
}

/** The three vendors mean the same by these. Those not listed: 5xx Unavailable, other 4xx Rejected. */
const BY_STATUS: Readonly<Record<number, Translation>> = {
  400: {
    type: 'InvalidInput',
    says: 'found the request faulty',
    fix: 'Check the model name in the configuration.',
  },
  401: { type: 'AuthenticationFailed', says: 'refused the API key', fix: 'Set a valid API key.' },
  402: { type: 'PermissionDenied', says: 'asks for payment', fix: 'Check billing of the API account.' },
  403: { type: 'PermissionDenied', says: 'does not allow this', fix: 'Check what the API key may do.' },
  404: { type: 'NotFound', says: 'does not know the model', fix: 'Set a model that the account can use.' },
  408: { type: 'Unavailable', says: 'gave up waiting' },
  409: { type: 'Unavailable', says: 'is busy with the same resource' },
  413: { type: 'Rejected', says: 'found the request too large' },
  422: { type: 'Rejected', says: 'could not process the request' },
  429: { type: 'RateLimited', says: 'asks to slow down' },
  499: { type: 'Unavailable', says: 'saw the connection close' },
};

export interface StatusFailure {
  readonly vendor: string;
  readonly status: number;
  readonly headers?: Headers | undefined;
  readonly details?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
}

/** Turns an HTTP status of a vendor into the one failure table. Bodies and keys stay out. */
export function toStatusError({ vendor, status, headers, details, cause }: StatusFailure): ServiceError {
  const fallback: Translation =
    status >= 500
      ? { type: 'Unavailable', says: 'has a problem of its own' }
      : { type: 'Rejected', says: 'refused the request' };
  const { type, says, fix } = BY_STATUS[status] ?? fallback;
  const wait = retryAfterMs(headers);
  return new ServiceError(type, `${vendor} ${says} (HTTP ${status})`, {
    ...(fix === undefined ? {} : { fix }),
    ...(wait === undefined ? {} : { retryAfterMs: wait }),
    details: { status, ...details },
    cause,
  });
}
