import type { AccountLimits } from './account.ts';

/** What an account has taken in, and what of it is not processed yet. */
export interface Taken {
  /** Parked or running. */
  readonly unfinished: number;
  /** Of this UTC day. */
  readonly dayMessages: number;
  readonly dayBytes: number;
  /** Of this minute. */
  readonly minuteMessages: number;
}

export type Admission =
  | { readonly maxItems: number; readonly held?: undefined }
  /** Nothing now. quota: until the next UTC day. */
  | { readonly held: 'concurrency' | 'rate'; readonly waitMs: number }
  | { readonly held: 'quota' };

/** An account without a limit of its own: enough to keep a fleet busy, too little to bury the others. */
const CONCURRENT_MESSAGES = 400;
/** Runs end within seconds. */
const LOOK_AGAIN_MS = 2_000;
const MINUTE_MS = 60_000;

/** How many messages the account may take in now: what its limits leave, at most `asked`. */
export function findAdmission(
  limits: Partial<AccountLimits> | undefined,
  taken: Taken,
  asked: number,
  now: Date,
): Admission {
  const day = (limits?.messagesPerDay ?? Number.POSITIVE_INFINITY) - taken.dayMessages;
  const bytes = (limits?.bytesPerDay ?? Number.POSITIVE_INFINITY) - taken.dayBytes;
  if (day <= 0 || bytes <= 0) return { held: 'quota' };
  const places = (limits?.concurrentMessages ?? CONCURRENT_MESSAGES) - taken.unfinished;
  if (places <= 0) return { held: 'concurrency', waitMs: LOOK_AGAIN_MS };
  const rate = (limits?.messagesPerMinute ?? Number.POSITIVE_INFINITY) - taken.minuteMessages;
  if (rate <= 0) return { held: 'rate', waitMs: MINUTE_MS - (now.getTime() % MINUTE_MS) };
  return { maxItems: Math.min(asked, day, places, rate) };
}

const DAY_MS = 86_400_000;

/**
 * From when on mail is read at first sight, and where a position was lost: the look-back, or the last time that all
 * was read when that is longer ago, with a day to spare for clocks. undefined: everything is.
 */
export function findSince(
  lookBackDays: number | undefined,
  lastSyncedAt: Date | undefined,
  now: Date,
): Date | undefined {
  if (lookBackDays === undefined) return undefined;
  const lookBack = now.getTime() - lookBackDays * DAY_MS;
  const synced = lastSyncedAt === undefined ? lookBack : lastSyncedAt.getTime() - DAY_MS;
  return new Date(Math.min(lookBack, synced));
}
