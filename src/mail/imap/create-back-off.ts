import { ServiceError } from '../../domain/service-error.ts';

/** How soon a server that could not be reached, or that refused the login, is tried again. */
export interface BackOff {
  /** Throws the last failure again, with the time left, while it is too early. */
  check(): void;
  failed(error: unknown): void;
  succeeded(): void;
}

const FIRST_MS = 1_000;
const MOST_MS = 60_000;

/**
 * The second try is free; then 1 s, 2 s, 4 s and so on, at most a minute, and never before the server asked for.
 * Logins that fail fast lock accounts.
 */
export function createBackOff(now: () => number = Date.now): BackOff {
  let failures = 0;
  let earliest = 0;
  let last: unknown;
  return {
    check() {
      const retryAfterMs = earliest - now();
      // A clock that was set back must not hold us for longer than any wait is.
      if (retryAfterMs <= 0 || retryAfterMs > MOST_MS) return;
      if (!(last instanceof ServiceError)) throw last;
      const { type, message, fix, details } = last;
      throw new ServiceError(type, message, {
        ...(fix === undefined ? {} : { fix }),
        details,
        retryAfterMs,
        cause: last,
      });
    },
    failed(error) {
      last = error;
      failures += 1;
      const own = failures > 1 ? FIRST_MS * 2 ** Math.min(failures - 2, 10) : 0;
      const asked = error instanceof ServiceError ? (error.retryAfterMs ?? 0) : 0;
      earliest = now() + Math.min(MOST_MS, Math.max(own, asked));
    },
    succeeded() {
      failures = 0;
      earliest = 0;
    },
  };
}
