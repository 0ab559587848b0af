import {
  ApplicationFailure,
  CancelledFailure,
  defaultFailureConverter,
  defaultPayloadConverter,
} from '@temporalio/common';
import { describe, expect, it } from 'vitest';
import { toActivityFailure } from '../../activities/failure.ts';
import { FAILURES, type FailureType, NON_RETRYABLE } from '../../src/domain/failure.ts';
import { ServiceError } from '../../src/domain/service-error.ts';
import { createFakes, REF } from './support/fake-dependencies.ts';
import { failureOf, runActivity } from './support/run-activity.ts';

const TYPES = Object.keys(FAILURES) as FailureType[];

function convert(error: unknown, attempt = 1): ApplicationFailure {
  const failure = toActivityFailure(error, attempt);
  if (failure instanceof ApplicationFailure) return failure;
  throw failure;
}

/** All that leaves this process with a failure. */
function sent(failure: Error): string {
  return JSON.stringify(defaultFailureConverter.errorToFailure(failure, defaultPayloadConverter));
}

describe('a ServiceError', () => {
  it.each(TYPES)('%s keeps its type, and is tried again or not as the table says', (type) => {
    const failure = convert(new ServiceError(type, 'It went wrong', { details: { code: 7 } }));
    expect(failure).toMatchObject({ type, message: 'It went wrong', nonRetryable: !FAILURES[type].retried });
    expect(failure.details).toEqual([{ code: 7 }]);
    expect(NON_RETRYABLE.includes(type)).toBe(failure.nonRetryable);
  });

  it('that the other side answers OutputInvalid is tried again once', () => {
    const error = new ServiceError('OutputInvalid', 'not JSON');
    expect([1, 2, 3].map((attempt) => convert(error, attempt).nonRetryable)).toEqual([false, true, true]);
  });

  it.each(['Unavailable', 'RateLimited'] as const)('%s is tried again however often', (type) => {
    expect(convert(new ServiceError(type, 'x'), 1000).nonRetryable).toBe(false);
  });

  it('says what to do about it', () => {
    expect(convert(new ServiceError('Rejected', 'It is off', { fix: 'Turn it on.' })).message).toBe(
      'It is off. Turn it on.',
    );
  });

  it.each([
    [1500, 1500],
    [0, 1],
    [-5, 1],
  ])('asked to wait %i ms waits %i', (retryAfterMs, expected) => {
    expect(convert(new ServiceError('RateLimited', 'x', { retryAfterMs })).nextRetryDelay).toBe(expected);
  });

  it.each([0.4, 1234.567, Number.NaN, Number.POSITIVE_INFINITY, 1e15])(
    'asked to wait %f ms can be sent',
    (retryAfterMs) => {
      const failure = convert(new ServiceError('RateLimited', 'x', { retryAfterMs }));
      expect(() => sent(failure)).not.toThrow();
      const delay = failure.nextRetryDelay;
      expect(delay === undefined || (Number.isInteger(delay) && Number(delay) >= 1)).toBe(true);
    },
  );

  it('without a wait leaves it to the policy', () => {
    expect(convert(new ServiceError('Unavailable', 'x')).nextRetryDelay).toBeUndefined();
  });

  it('leaves its cause behind, which may quote mail', () => {
    const cause = new Error('Dear Ada, my password is hunter2');
    const failure = convert(new ServiceError('Unavailable', 'The server went away', { cause }));
    expect(failure.cause).toBeUndefined();
    expect(sent(failure)).not.toMatch(/hunter2|Dear Ada/);
  });
});

describe('any other error', () => {
  it.each([
    ['a bug', new TypeError('cannot read "Dear Ada"'), 'Unexpected TypeError in an activity'],
    [
      'an error of many lines',
      new Error('Dear Ada\n    at my desk (secret)\nhunter2'),
      'Unexpected Error in an activity',
    ],
    ['a thrown text', 'Dear Ada', 'Unexpected string in an activity'],
    ['undefined', undefined, 'Unexpected undefined in an activity'],
  ])('%s is Internal, without a word of what it said', (_what, error, message) => {
    const failure = convert(error);
    expect(failure).toMatchObject({ type: 'Internal', message, nonRetryable: false });
    expect(sent(failure)).not.toMatch(/Dear Ada|hunter2|secret/);
  });

  it('keeps where it was thrown', () => {
    expect(convert(new Error('x')).stack).toContain('failure.test.ts');
  });
});

describe("Temporal's own failures", () => {
  it.each([new CancelledFailure('stop'), ApplicationFailure.nonRetryable('no', 'Custom')])(
    'pass as they are',
    (failure) => {
      expect(toActivityFailure(failure, 1)).toBe(failure);
    },
  );
});

describe('an activity that meets a bug', () => {
  it('logs it once, with frames and without the words', async () => {
    const logged: string[] = [];
    const { deps } = createFakes({ readView: () => Promise.reject(new RangeError('Dear Ada')) });
    const failure = await failureOf(runActivity(deps, 'readMessage', REF, { logged }));
    expect(failure.type).toBe('Internal');
    const errors = logged.filter((line) => line.startsWith('ERROR'));
    expect(errors).toHaveLength(1);
    expect(errors[0]).toContain('failure.test.ts');
    expect(errors[0]).not.toContain('Dear Ada');
  });

  it('logs an Internal fault of an adapter with its details and without its cause', async () => {
    const logged: string[] = [];
    const cause = new Error('Dear Ada');
    const fault = new ServiceError('Internal', 'PostgreSQL failed', { details: { code: 'XX000' }, cause });
    const { deps } = createFakes({ readView: () => Promise.reject(fault) });
    await failureOf(runActivity(deps, 'readMessage', REF, { logged }));
    const errors = logged.filter((line) => line.startsWith('ERROR'));
    expect(errors).toHaveLength(1);
    expect(errors[0]).toContain('XX000');
    expect(errors[0]).not.toContain('Dear Ada');
  });

  it('does not log what is no bug', async () => {
    const logged: string[] = [];
    const { deps } = createFakes({
      readView: () => Promise.reject(new ServiceError('InvalidInput', 'no mail')),
    });
    await failureOf(runActivity(deps, 'readMessage', REF, { logged }));
    expect(logged.filter((line) => line.startsWith('ERROR'))).toEqual([]);
  });
});
