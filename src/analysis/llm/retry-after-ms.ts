const LONGEST_MS = 24 * 3600 * 1000;

/**
 * When the other side said to come back, in ms from `now`: `retry-after-ms`, or `Retry-After` in seconds or as an
 * HTTP date (RFC 9110 10.2.3). Undefined without a usable header; at most a day.
 */
export function retryAfterMs(headers: Headers | undefined, now: number = Date.now()): number | undefined {
  const exact = headers?.get('retry-after-ms');
  const plain = headers?.get('retry-after');
  const wait = exact ? Number(exact) : plain ? parseRetryAfter(plain, now) : Number.NaN;
  if (!Number.isFinite(wait) || wait < 0) return undefined;
  return Math.min(Math.ceil(wait), LONGEST_MS);
}

function parseRetryAfter(value: string, now: number): number {
  const seconds = Number(value);
  return Number.isFinite(seconds) ? seconds * 1000 : Math.max(0, Date.parse(value) - now);
}
