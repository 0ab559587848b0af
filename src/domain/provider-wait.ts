import { type AskedWait, LONGEST_MS } from './asked-wait.ts';

/** Until when a provider is left alone, because it asked for that (`AskedWait`). It may have passed. */
export interface ProviderWait {
  readonly until: Date;
  /** Its own words, one line. */
  readonly reason: string;
}

/** So long after a wait the page that follows it may take. */
const GRACE_SECONDS = 2 * 60;
/** A provider that asks for one wait after the other and hands over nothing is a fault, however politely it asks. */
const IN_A_ROW = 12;

interface Waiting {
  readonly wait: ProviderWait | undefined;
  /** Pulls that failed since the last one that did not. */
  readonly failures: number;
}

/** The wait to reckon with, if any; `inForce`: it has not passed, or only just. */
export function findWait(
  { wait, failures }: Waiting,
  now: Date,
): (ProviderWait & { readonly inForce: boolean }) | undefined {
  if (wait === undefined || failures >= IN_A_ROW) return undefined;
  const leftSeconds = (wait.until.getTime() - now.getTime()) / 1000;
  // No wait that is stored is longer: the clock was set back.
  if (leftSeconds > LONGEST_MS / 1000) return undefined;
  return { ...wait, inForce: leftSeconds > -GRACE_SECONDS };
}

/** A sentence without its end, for a person. */
export function describeWait({ until, reason }: ProviderWait, now: Date): string {
  return `Waiting until ${describeUntil(until, now)} because its provider asked: ${reason}`;
}

/** The same of one that was asked for just now. */
export function describeAsked({ forMs, reason }: AskedWait, now: Date): string {
  return describeWait({ until: new Date(now.getTime() + forMs), reason }, now);
}

/** With the day when that is not today. */
export function describeUntil(until: Date, now: Date): string {
  const [day = '', time = ''] = until.toISOString().split('T');
  const isToday = now.toISOString().startsWith(day);
  return `${isToday ? '' : `${day} `}${time.slice(0, 5)} UTC`;
}
