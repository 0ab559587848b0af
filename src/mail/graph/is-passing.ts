import { FAILURES } from '../../domain/failure.ts';
import { ServiceError } from '../../domain/service-error.ts';

/** A fault that another try may not meet. */
export function isPassing(error: unknown): error is ServiceError {
  return error instanceof ServiceError && FAILURES[error.type].retried;
}
