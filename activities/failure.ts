import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import { boundWait } from '../src/domain/asked-wait.ts';
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
      message: error.fix === undefined ? error.message : `${error.message.replace(/\.$/, '')}. ${error.fix}`,
      nonRetryable: !again,
      details: [error.details],
      ...toDelay(error.retryAfterMs),
    });
  }
  const name = error instanceof Error ? error.name : typeof error;
  const failure = ApplicationFailure.create({
    type: 'Internal',
    message: `Unexpected ${name} in an activity`,
  });
  if (error instanceof Error) failure.stack = [failure.message, ...framesOf(error)].join('\n');
  return failure;
}

function toDelay(retryAfterMs: number | undefined): { nextRetryDelay?: number } {
  const nextRetryDelay = boundWait(retryAfterMs);
  return nextRetryDelay === undefined ? {} : { nextRetryDelay };
}

/** The frames without the message, which may quote mail, even mail that looks like a frame. */
export function framesOf({ stack = '', message }: Error): string[] {
  const start = stack.indexOf(message);
  const frames = start < 0 ? stack : stack.slice(start + message.length);
  return frames
    .split('\n')
    .filter((line) => /^ {4}at .*:\d+:\d+\)?$/.test(line))
    .slice(0, 12);
}
