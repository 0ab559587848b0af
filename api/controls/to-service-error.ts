import {
  isGrpcCancelledError,
  isGrpcDeadlineError,
  isGrpcServiceError,
  QueryNotRegisteredError,
  QueryRejectedError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import { ApplicationFailure, NamespaceNotFoundError, WorkflowNotFoundError } from '@temporalio/common';
import { isFailureType } from '../../src/domain/failure.ts';
import { ServiceError } from '../../src/domain/service-error.ts';

const CHECK_SERVER =
  'Check that Temporal runs and that TEMPORAL_ADDRESS names it (`npm run mailroom -- doctor`).';
const CHECK_WORKER = 'Check that a worker runs (`npm run worker`, or `npm start`), then try again.';
const CHECK_BOTH = 'Check that Temporal and a worker run (`npm run mailroom -- doctor` says which does not).';
const APPLY = 'Run `npm run mailroom -- temporal apply`.';

/** gRPC status codes, https://grpc.io/docs/guides/status-codes/ */
const FROM_STATUS: Readonly<Record<number, (details: string, cause: unknown) => ServiceError>> = {
  3: (details, cause) =>
    new ServiceError('Internal', `Temporal refused the request: ${details}`, {
      ...(/search attribute/i.test(details) ? { fix: APPLY } : {}),
      cause,
    }),
  4: (_details, cause) =>
    new ServiceError('Unavailable', 'Temporal did not answer in time', { fix: CHECK_SERVER, cause }),
  7: (_details, cause) => refused(cause),
  8: (_details, cause) =>
    new ServiceError('RateLimited', 'Temporal asks to slow down', { retryAfterMs: 1_000, cause }),
  9: (details, cause) =>
    /poller|worker/i.test(details)
      ? new ServiceError('Unavailable', 'No worker answers for the run', { fix: CHECK_WORKER, cause })
      : new ServiceError('Conflict', `Temporal refused the request: ${details}`, { cause }),
  16: (_details, cause) => refused(cause),
};

/** What the Temporal client threw, in our terms. An update that failed keeps the type that its workflow gave it. */
export function toServiceError(error: unknown): ServiceError {
  if (error instanceof ServiceError) return error;
  if (error instanceof WorkflowUpdateFailedError) return fromUpdateFailure(error);
  if (error instanceof WorkflowNotFoundError) {
    return new ServiceError('NotFound', 'No such run is alive', { cause: error });
  }
  if (error instanceof NamespaceNotFoundError) {
    return new ServiceError('Unavailable', 'The Temporal namespace is not there', {
      fix: APPLY,
      cause: error,
    });
  }
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) {
    return new ServiceError('Unavailable', 'The run did not answer in time', {
      fix: CHECK_BOTH,
      cause: error,
    });
  }
  if (error instanceof QueryNotRegisteredError || error instanceof QueryRejectedError) {
    return new ServiceError('Unavailable', 'The run cannot be asked', { fix: CHECK_WORKER, cause: error });
  }
  const status = findGrpcStatus(error);
  const translate = status && FROM_STATUS[status.code];
  if (status && translate) return translate(status.details, error);
  if (status || isGrpcDeadlineError(error) || isGrpcCancelledError(error)) {
    return new ServiceError('Unavailable', 'Temporal cannot be reached', { fix: CHECK_SERVER, cause: error });
  }
  return new ServiceError('Internal', 'Temporal could not be asked', { cause: error });
}

function refused(cause: unknown): ServiceError {
  return new ServiceError('AuthenticationFailed', 'Temporal refused the credentials', {
    fix: 'Check TEMPORAL_API_KEY and the rights on the namespace.',
    cause,
  });
}

function fromUpdateFailure(error: WorkflowUpdateFailedError): ServiceError {
  const { cause } = error;
  if (cause instanceof ApplicationFailure && typeof cause.type === 'string' && isFailureType(cause.type)) {
    return new ServiceError(cause.type, cause.message, { cause: error });
  }
  return new ServiceError('Conflict', 'The run ended before it took the request', { cause: error });
}

/** The SDK wraps gRPC errors once or twice. */
function findGrpcStatus(error: unknown): { code: number; details: string } | undefined {
  for (let current = error; current instanceof Error; current = current.cause) {
    if (isGrpcServiceError(current)) return { code: current.code, details: current.details };
  }
  return undefined;
}
