import { daysUntilDate } from './days-until-date.ts';
import type { When } from './mention.ts';

const DAY_MS = 86_400_000;
/** A weekday is this far away on average; for mail that does not say when it was written. Days. */
const SOME_WEEKDAY = 4;

/** Days after the mail was sent, negative when past; undefined when it cannot be known. */
export function resolveDays(when: When, sent: Date | undefined): number | undefined {
  if (when.kind === 'offset') return when.days;
  if (when.kind === 'weekday') {
    return sent === undefined ? SOME_WEEKDAY : (when.weekday - sent.getUTCDay() + 7) % 7 || 7;
  }
  return sent === undefined ? undefined : daysUntilDate(sent, when.day, when.month, when.year);
}

/** An ISO date, or an ISO instant to the minute for parts of a day; empty when the mail has no date to count from. */
export function resolveValue(when: When, sent: Date | undefined): string {
  if (when.kind === 'calendar' && when.year !== undefined) {
    return toIsoDate(Date.UTC(when.year, when.month - 1, when.day));
  }
  const days = resolveDays(when, sent);
  if (sent === undefined || days === undefined || Number.isNaN(sent.getTime())) return '';
  const at = sent.getTime() + days * DAY_MS;
  if (Number.isInteger(days)) return toIsoDate(at);
  const instant = new Date(at);
  return Number.isNaN(instant.getTime()) ? '' : `${instant.toISOString().slice(0, 16)}Z`;
}

function toIsoDate(ms: number): string {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString().slice(0, 10);
}
