/**
 * The one failure table. Adapters throw `ServiceError` with one of these types; only `activities/failure.ts`
 * turns it into a Temporal failure, only the API's error handler into HTTP.
 */
export const FAILURES = {
  InvalidInput: { retried: false, http: 400, title: 'The input cannot be used' },
  NotFound: { retried: false, http: 404, title: 'Not found' },
  AuthenticationFailed: { retried: false, http: 502, title: 'The other side refused the credentials' },
  PermissionDenied: { retried: false, http: 403, title: 'Not allowed' },
  Rejected: { retried: false, http: 422, title: 'The other side refused the request' },
  Conflict: { retried: false, http: 409, title: 'Already done or decided' },
  RateLimited: { retried: true, http: 503, title: 'The other side asks to slow down' },
  Unavailable: { retried: true, http: 503, title: 'The other side cannot be reached' },
  OutputInvalid: { retried: true, http: 502, title: 'The answer does not fit its schema' },
  Internal: { retried: true, http: 500, title: 'Unexpected error' },
} as const satisfies Record<string, { retried: boolean; http: number; title: string }>;

export type FailureType = keyof typeof FAILURES;

export const NON_RETRYABLE: readonly FailureType[] = (Object.keys(FAILURES) as FailureType[]).filter(
  (type) => !FAILURES[type].retried,
);

export function isFailureType(value: string): value is FailureType {
  return Object.hasOwn(FAILURES, value);
}
