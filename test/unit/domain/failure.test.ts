import { describe, expect, it } from 'vitest';
import { FAILURES, isFailureType, NON_RETRYABLE } from '../../../src/domain/failure.ts';
import { ServiceError } from '../../../src/domain/service-error.ts';

describe('the failure table', () => {
  it('is the agreed one', () => {
    const rows = Object.entries(FAILURES).map(([type, { retried, http }]) => `${type} ${retried} ${http}`);
    expect(rows).toEqual([
      'InvalidInput false 400',
      'NotFound false 404',
      'AuthenticationFailed false 502',
      'PermissionDenied false 403',
      'Rejected false 422',
      'Conflict false 409',
      'RateLimited true 503',
      'Unavailable true 503',
      'OutputInvalid true 502',
      'Internal true 500',
    ]);
    expect(NON_RETRYABLE).toHaveLength(6);
  });

  it('knows its own types, and no name of JavaScript', () => {
    for (const type of Object.keys(FAILURES)) expect(isFailureType(type)).toBe(true);
    for (const type of ['', 'toString', '__proto__', 'constructor', 'notfound'])
      expect(isFailureType(type)).toBe(false);
  });
});

describe('a ServiceError', () => {
  it('carries what its reader needs, and its cause apart from it', () => {
    const cause = new Error('inner');
    const error = new ServiceError('RateLimited', 'Too fast', {
      fix: 'Wait.',
      retryAfterMs: 5,
      details: { n: 1 },
      cause,
    });
    expect(error).toMatchObject({
      name: 'ServiceError',
      type: 'RateLimited',
      fix: 'Wait.',
      retryAfterMs: 5,
      details: { n: 1 },
    });
    expect(error.cause).toBe(cause);
    expect(error).toBeInstanceOf(Error);
  });

  it('has no details and no cause of its own accord', () => {
    const error = new ServiceError('NotFound', 'Gone');
    expect(error.details).toEqual({});
    expect('cause' in error).toBe(false);
    expect([error.fix, error.retryAfterMs]).toEqual([undefined, undefined]);
  });
});
