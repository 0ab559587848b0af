import {
  BrokenCircuitError,
  type CircuitBreakerPolicy,
  circuitBreaker,
  handleWhen,
  type IBreaker,
} from 'cockatiel';
import { findAskedWait } from './domain/asked-wait.ts';
import { ServiceError } from './domain/service-error.ts';

export interface BreakerLimits {
  /** So many failures … */
  readonly failures: number;
  /** … within so many milliseconds open the breaker … */
  readonly withinMs: number;
  /** … for so long; then one call may try. */
  readonly resetMs: number;
}

export type BreakerState = 'closed' | 'open';

export interface Breakers {
  guard<T>(downstream: string, work: () => Promise<T>): Promise<T>;
  /** The downstreams seen so far, for health and metrics. */
  states(): ReadonlyMap<string, BreakerState>;
}

const MAILBOX = 'mailbox/';
const SUBJECTS: ReadonlyMap<string, string> = new Map([
  ['odoo', 'Odoo'],
  ['send', 'The server that sends mail'],
]);

/** One breaker for each downstream, shared by all activities of this process. */
export function createBreakers(limits: BreakerLimits, now: () => number = Date.now): Breakers {
  const entries = new Map<string, { policy: CircuitBreakerPolicy; openedAt: number | undefined }>();

  function entryOf(downstream: string) {
    const known = entries.get(downstream);
    if (known !== undefined) return known;
    const isMailbox = downstream.startsWith(MAILBOX);
    const policy = circuitBreaker(handleWhen(isMailbox ? isMailboxOutage : isOutage), {
      halfOpenAfter: limits.resetMs,
      breaker: createFailureWindow(limits, now),
    });
    const entry = { policy, openedAt: undefined as number | undefined };
    policy.onBreak(() => {
      entry.openedAt = now();
    });
    policy.onReset(() => {
      entry.openedAt = undefined;
    });
    entries.set(downstream, entry);
    return entry;
  }

  return {
    async guard(downstream, work) {
      const entry = entryOf(downstream);
      try {
        return await entry.policy.execute(work);
      } catch (error) {
        if (!(error instanceof BrokenCircuitError)) throw error;
        const waited = now() - (entry.openedAt ?? now());
        const retryAfterMs = Math.max(limits.resetMs - waited, 1000);
        throw new ServiceError(
          'Unavailable',
          `${toSubject(downstream)} failed repeatedly and is left alone for a while`,
          {
            retryAfterMs,
            details: { downstream },
          },
        );
      }
    },
    states: () =>
      new Map([...entries].map(([name, entry]) => [name, entry.openedAt === undefined ? 'closed' : 'open'])),
  };
}

/** For its owner, who reads this as the fault of the account. */
function toSubject(downstream: string): string {
  if (downstream.startsWith(MAILBOX)) return `The mailbox of ${downstream.slice(MAILBOX.length)}`;
  return SUBJECTS.get(downstream) ?? `The ${downstream}`;
}

/** A wait that a mailbox asks for is an answer too: it is stored, and the next pull keeps it (`AskedWait`). */
function isMailboxOutage(error: Error): boolean {
  return isOutage(error) && findAskedWait(error) === undefined;
}

/** A refusal is an answer; only silence and overload speak against the other side. */
function isOutage(error: Error): error is ServiceError {
  return error instanceof ServiceError && (error.type === 'Unavailable' || error.type === 'RateLimited');
}

function createFailureWindow(limits: BreakerLimits, now: () => number): IBreaker {
  let failures: number[] = [];
  return {
    state: undefined,
    success() {
      failures = [];
    },
    failure() {
      const since = now() - limits.withinMs;
      failures = [...failures.filter((at) => at > since), now()];
      return failures.length >= limits.failures;
    },
  };
}
