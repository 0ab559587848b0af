import { parseRetryAfter as parse } from '../../domain/parse-retry-after.ts';

const MAX_MS = 60 * 60_000;

/** Retry-After in milliseconds from now, at most an hour; undefined: it names no wait. */
export function parseRetryAfter(value: string | null | undefined, now = Date.now()): number | undefined {
  const ms = parse(value, now);
  return ms === undefined ? undefined : Math.min(ms, MAX_MS);
}
