import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import { FAILURES } from '../src/domain/failure.ts';
import { ServiceError } from '../src/domain/service-error.ts';

/** How often an answer that does not fit its schema is asked for again. */
const OUTPUT_ATTEMPTS = 2;

/** The only place where a `ServiceError` becomes a Temporal failure. Causes stay behind: they may hold content. */
export function toActivityFailure(error: unknown, attempt: number): Error {
  if (error instanceof ApplicationFailure || error instanceof CancelledFailure) return error;
  if (error instanceof ServiceError) {
    const { retried } = FAILURES[error.type];
    const again = retried && !(error.type === 'OutputInvalid' && attempt >= OUTPUT_ATTEMPTS);
    return ApplicationFailure.create({
      type: error.type,
      message: error.fix === undefined ? error.message : `${error.message}. ${error.fix}`,
      nonRetryable: !again,
      details: [error.details],
      ...(error.retryAfterMs === undefined ? {} : { nextRetryDelay: Math.max(error.retryAfterMs, 1) }),
    });
  }
  const name = error instanceof Error ? error.name : typeof error;
  const failure = ApplicationFailure.create({
    type: 'Internal',
    message: `Unexpected ${name} in an activity`,
  });
  if (error instanceof Error && error.stack !== undefined)
    failure.stack = `${failure.message}\n${framesOf(error.stack)}`;
  return failure;
}

/** The frames without the message, which may quote mail. */
function framesOf(stack: string): string {
  return stack
    .split('\n')
    .filter((line) => line.startsWith('    at '))
    .slice(0, 12)
    .join('\n');
}
