import type { ServiceError } from './service-error.ts';

/** A provider asked to be left alone for so long: nothing is wrong, and no mail is pulled before. */
export interface AskedWait {
  readonly forMs: number;
  /** In its own words, one line. */
  readonly reason: string;
}

/**
 * Quotas of a day are the longest that providers have: Gmail refuses for hours, and IMAP there for up to a day
 * (developers.google.com/workspace/gmail/api/guides/handle-errors). What asks for more is wrong, or means us harm.
 */
export const LONGEST_MS = 24 * 60 * 60 * 1000;
const CUT = ' (it asked for longer than a day, and is asked again after one)';
const REASON_CHARS = 300;

/** What a header said: whole milliseconds that Temporal can take, and no longer than a day; undefined: no wait. */
export function boundWait(ms: number | undefined): number | undefined {
  if (ms === undefined || Number.isNaN(ms)) return undefined;
  return Math.ceil(Math.min(Math.max(ms, 1), LONGEST_MS));
}

/** `words`: what the provider said; that it is asked earlier than it said is told behind them. */
export function toAskedWait(ms: number | undefined, words: string): AskedWait | undefined {
  const forMs = boundWait(ms);
  if (ms === undefined || forMs === undefined) return undefined;
  const reason = words.slice(0, REASON_CHARS).replace(/\s/g, ' ');
  return { forMs, reason: ms > LONGEST_MS ? `${reason}${CUT}` : reason };
}

/** What the other side asked for: 429, or 503 with Retry-After (RFC 9110 10.2.3). How long we back off by ourselves is none. */
export function findAskedWait({ type, details, message, retryAfterMs }: ServiceError): AskedWait | undefined {
  const isAnswer = type === 'RateLimited' || (type === 'Unavailable' && typeof details.status === 'number');
  return isAnswer ? toAskedWait(retryAfterMs, message) : undefined;
}
