import type { AccountLimits, AccountState, IngestMode } from './account.ts';
import { findHalt } from './find-halt.ts';
import { describeWait, findWait, type ProviderWait } from './provider-wait.ts';
import { splitPullError } from './pull-error.ts';

/**
 * Whether the mail of an account is processed; that its mailbox can be reached is not enough. In the order in which
 * they count: the first that holds is the state.
 */
export const HEALTH_STATES = [
  'removed',
  'paused',
  'failing',
  'over-quota',
  'stuck',
  'waiting',
  'behind',
  'processing',
  'idle',
] as const;
export type HealthState = (typeof HEALTH_STATES)[number];

/** What is known of an account; times are instants. */
export interface AccountFacts {
  readonly id: string;
  readonly state: AccountState;
  readonly stateReason: string | undefined;
  readonly mode: IngestMode;
  /** It has a mailbox; false: it holds imports. */
  readonly isPullable: boolean;
  readonly pullEverySeconds: number;
  readonly limits: AccountLimits | undefined;
  readonly createdAt: Date;
  readonly lastPullAt: Date | undefined;
  /** As `joinPullError` has it. */
  readonly lastPullError: string | undefined;
  /** Pulls that failed since the last one that did not. */
  readonly failures: number;
  /** When a pull came to the end of the mailbox. */
  readonly lastSyncedAt: Date | undefined;
  /** Somebody has to sign in before it can be read. */
  readonly lacksSignIn: boolean;
  readonly lastMessageAt: Date | undefined;
  /** When the oldest message came that is neither processed nor waits for a person. */
  readonly waitingSince: Date | undefined;
  readonly unfinished: number;
  readonly quarantined: number;
  readonly today: { readonly messages: number; readonly bytes: number };
  /** Of the last audit; undefined: there was none. */
  readonly unaccounted: number | undefined;
  readonly pushError: string | undefined;
  /** What the provider asked for when it was pulled last. */
  readonly wait: ProviderWait | undefined;
  readonly nextRunAt: Date | undefined;
}

export interface AccountHealth {
  readonly state: HealthState;
  /** As far as it is known. */
  readonly since: Date | undefined;
  readonly reason: string | undefined;
  readonly fix: string | undefined;
  readonly lastMessageAt: Date | undefined;
  readonly lagSeconds: number;
  readonly unfinished: number;
  readonly quarantined: number;
  /** All that is wrong, whatever the state. */
  readonly errors: readonly string[];
  readonly nextRunAt: Date | undefined;
  /** Its provider is left alone before; undefined: it did not ask for that, or the time has come. */
  readonly waitsUntil: Date | undefined;
  readonly today: { readonly messages: number; readonly bytes: number };
}

type Verdict = Pick<AccountHealth, 'state' | 'since' | 'reason' | 'fix'>;

/** One failure may be a hiccup of the network; the next pull tells. */
const FAILURES = 2;
const BEHIND_SECONDS = 10 * 60;
const STUCK_SECONDS = 60 * 60;
/** A schedule that missed so many of its times does not run. */
const MISSED_RUNS = 5;

export function toAccountHealth(facts: AccountFacts, now: Date): AccountHealth {
  const lagSeconds = secondsSince(facts.waitingSince, now) ?? 0;
  const asked = findWait(facts, now);
  const wait = asked?.inForce === true ? asked : undefined;
  const verdict =
    findHalt(facts) ??
    findFailure(facts, wait) ??
    findQuota(facts, now) ??
    findStandstill(facts, asked, lagSeconds, now) ??
    toWaiting(facts, wait, now) ??
    findBacklog(facts, lagSeconds, now) ??
    toCalm(facts);
  return {
    ...verdict,
    lastMessageAt: facts.lastMessageAt,
    lagSeconds,
    unfinished: facts.unfinished,
    quarantined: facts.quarantined,
    errors: listErrors(facts, wait),
    nextRunAt: facts.state === 'active' ? facts.nextRunAt : undefined,
    waitsUntil: facts.state === 'active' ? wait?.until : undefined,
    today: facts.today,
  };
}

function toWaiting(facts: AccountFacts, wait: ProviderWait | undefined, now: Date): Verdict | undefined {
  if (wait === undefined) return undefined;
  return {
    state: 'waiting',
    since: facts.lastPullAt,
    reason: describeWait(wait, now),
    fix: `It is read on by itself then; nothing is lost, and nothing is to be done. To ask it now all the same: npm run mailroom -- ${facts.mode === 'auto' ? 'account resume' : 'pull'} ${facts.id}`,
  };
}

function findFailure(facts: AccountFacts, wait: ProviderWait | undefined): Verdict | undefined {
  const { id, failures, lastPullError, lastSyncedAt, createdAt, unaccounted = 0 } = facts;
  const since = lastSyncedAt ?? createdAt;
  if (facts.lacksSignIn) {
    const fix = `npm run mailroom -- account login ${id}`;
    return { state: 'failing', since, reason: 'Nobody has signed in to its mailbox yet', fix };
  }
  const isFailing = failures >= FAILURES || (failures > 0 && lastSyncedAt === undefined);
  if (lastPullError !== undefined && isFailing && wait === undefined) {
    const { reason, fix: known } = splitPullError(lastPullError);
    const fix = known ?? `See the exact fault: npm run mailroom -- account test ${id}`;
    return { state: 'failing', since, reason, fix };
  }
  if (unaccounted === 0) return undefined;
  const fix = `Fetch them: npm run mailroom -- audit ${id}`;
  return { state: 'failing', since: undefined, reason: toUnaccounted(unaccounted), fix };
}

function findStandstill(
  facts: AccountFacts,
  asked: ProviderWait | undefined,
  lagSeconds: number,
  now: Date,
): Verdict | undefined {
  const { id, isPullable, mode, pullEverySeconds, lastPullAt, createdAt, waitingSince } = facts;
  // A wait that was asked for is no silence of ours: what comes after it is.
  const silence = secondsSince(asked?.until ?? lastPullAt ?? createdAt, now) ?? 0;
  if (isPullable && mode !== 'manual' && silence > Math.max(MISSED_RUNS * pullEverySeconds, BEHIND_SECONDS)) {
    return {
      state: 'stuck',
      since: lastPullAt ?? createdAt,
      reason: `It is to be pulled every ${pullEverySeconds} s and was not for ${toWords(silence)}`,
      fix: `Check that a worker runs (npm run mailroom -- doctor); make its schedule anew: npm run mailroom -- account resume ${id}`,
    };
  }
  if (lagSeconds <= STUCK_SECONDS) return undefined;
  return {
    state: 'stuck',
    since: waitingSince,
    reason: `Its oldest message has waited for ${toWords(lagSeconds)}`,
    fix: 'Check that a worker runs and what the message waits for: npm run mailroom -- doctor',
  };
}

function findQuota({ id, limits, today }: AccountFacts, now: Date): Verdict | undefined {
  const full = (used: number, most: number | undefined) => most !== undefined && used >= most;
  const messages = full(today.messages, limits?.messagesPerDay);
  if (!messages && !full(today.bytes, limits?.bytesPerDay)) return undefined;
  const what = messages ? `${limits?.messagesPerDay} messages` : `${limits?.bytesPerDay} bytes`;
  return {
    state: 'over-quota',
    since: new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate())),
    reason: `Its ${what} of the day are taken in; the rest waits in the mailbox until midnight UTC`,
    fix: `Raise the limit if that is too late: npm run mailroom -- account set ${id} --${messages ? 'per-day' : 'bytes-per-day'} N`,
  };
}

function findBacklog(facts: AccountFacts, lagSeconds: number, now: Date): Verdict | undefined {
  const { lastSyncedAt, lastPullAt, pullEverySeconds, createdAt, waitingSince } = facts;
  if (lagSeconds > BEHIND_SECONDS) {
    const reason = `Its oldest message has waited for ${toWords(lagSeconds)}`;
    return {
      state: 'behind',
      since: waitingSince,
      reason,
      fix: 'It is being worked off; more workers do it sooner.',
    };
  }
  const unsynced = secondsSince(lastSyncedAt ?? createdAt, now) ?? 0;
  if (lastPullAt === undefined || facts.mode === 'manual' || !facts.isPullable) return undefined;
  if (unsynced <= BEHIND_SECONDS + pullEverySeconds) return undefined;
  return {
    state: 'behind',
    since: lastSyncedAt ?? createdAt,
    reason: 'Its mailbox holds more than was read so far',
    fix: 'It is being read; its limits (messages a minute) may slow it down.',
  };
}

function toCalm(facts: AccountFacts): Verdict {
  const { unfinished, waitingSince, lastMessageAt } = facts;
  const busy = waitingSince !== undefined;
  if (!busy && unfinished === 0 && facts.isPullable && facts.lastPullAt === undefined) {
    return { state: 'idle', since: undefined, reason: 'Not read yet', fix: undefined };
  }
  const reason = busy
    ? `${unfinished} under way`
    : unfinished > 0
      ? `${unfinished} wait for a person`
      : 'All that came is processed';
  return {
    state: busy ? 'processing' : 'idle',
    since: busy ? waitingSince : lastMessageAt,
    reason,
    fix: undefined,
  };
}

function listErrors(facts: AccountFacts, wait: ProviderWait | undefined): string[] {
  const { lastPullError, quarantined, unaccounted = 0, pushError } = facts;
  return [
    ...(lastPullError === undefined || wait !== undefined
      ? []
      : [`Last pull: ${splitPullError(lastPullError).reason}`]),
    ...(pushError === undefined ? [] : [`Notifications: ${pushError}`]),
    ...(quarantined === 0 ? [] : [`${quarantined} in quarantine`]),
    ...(unaccounted === 0 ? [] : [toUnaccounted(unaccounted)]),
  ];
}

function toUnaccounted(count: number): string {
  return `Nobody knows what became of ${count} of its messages`;
}

function secondsSince(then: Date | undefined, now: Date): number | undefined {
  return then && Math.max(0, Math.floor((now.getTime() - then.getTime()) / 1000));
}

function toWords(seconds: number): string {
  if (seconds < 7_200) return `${Math.floor(seconds / 60)} minutes`;
  return seconds < 172_800 ? `${Math.floor(seconds / 3_600)} hours` : `${Math.floor(seconds / 86_400)} days`;
}
