import { APIConnectionTimeoutError, APIError } from '@anthropic-ai/sdk';
import type { FailureType } from '../../domain/failure.ts';
import { ServiceError } from '../../domain/service-error.ts';
import { retryAfterMs } from './retry-after-ms.ts';

interface Translation {
  readonly type: FailureType;
  readonly says: string;
  readonly fix?: string;
}

/** By HTTP status (platform.claude.com/docs/en/api/errors). Those not listed: 5xx Unavailable, other 4xx Rejected. */
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

/** Turns what the Anthropic SDK throws into the one failure table. `ServiceError`s pass; bodies and keys stay out. */
export function toServiceError(error: unknown): ServiceError {
  if (error instanceof ServiceError) return error;
  if (!(error instanceof APIError)) {
    // A body that breaks off or is no JSON surfaces as a TypeError or SyntaxError of the transport.
    const isTransport = error instanceof TypeError || error instanceof SyntaxError;
    const says = isTransport ? 'The answer of Anthropic cannot be read' : 'The call to Anthropic failed';
    return new ServiceError(isTransport ? 'Unavailable' : 'Internal', says, { cause: error });
  }
  const status: number | undefined = error.status;
  if (status === undefined) {
    const isTimeout = error instanceof APIConnectionTimeoutError;
    return new ServiceError(
      'Unavailable',
      isTimeout ? 'Anthropic did not answer in time' : 'Anthropic cannot be reached',
      { cause: error },
    );
  }
  const known = BY_STATUS[status];
  const fallback: Translation =
    status >= 500
      ? { type: 'Unavailable', says: 'has a problem of its own' }
      : { type: 'Rejected', says: 'refused the request' };
  const { type, says, fix } = known ?? fallback;
  const wait = retryAfterMs(error.headers);
  return new ServiceError(type, `Anthropic ${says} (HTTP ${status})`, {
    ...(fix === undefined ? {} : { fix }),
    ...(wait === undefined ? {} : { retryAfterMs: wait }),
    details: { status, requestId: error.requestID ?? '', kind: error.type ?? '' },
    cause: error,
  });
}
