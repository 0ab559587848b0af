import { APIConnectionTimeoutError, APIError } from '@anthropic-ai/sdk';
import { ServiceError } from '../../domain/service-error.ts';
import { toStatusError } from './to-status-error.ts';
import { toTransportError } from './to-transport-error.ts';

/**
 * Turns what the Anthropic SDK throws into the one failure table (platform.claude.com/docs/en/api/errors).
 * `ServiceError`s pass; bodies and keys stay out.
 */
export function toServiceError(error: unknown): ServiceError {
  if (!(error instanceof APIError)) return toTransportError('Anthropic', error);
  const status: number | undefined = error.status;
  if (status === undefined) {
    const isTimeout = error instanceof APIConnectionTimeoutError;
    return new ServiceError(
      'Unavailable',
      isTimeout ? 'Anthropic did not answer in time' : 'Anthropic cannot be reached',
      { cause: error },
    );
  }
  return toStatusError({
    vendor: 'Anthropic',
    status,
    headers: error.headers,
    details: { requestId: error.requestID ?? '', kind: error.type ?? '' },
    cause: error,
  });
}
