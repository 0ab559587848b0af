const DAY_MS = 86_400_000;
/** Without a year, a date this far back is next year's; nearer ones are past. Days. */
const WRAP_AFTER = 180;

/** Whole days from the sending of a mail to a calendar date (UTC); negative when past, undefined when no such date. */
export function daysUntilDate(
  sent: Date,
  day: number,
  month: number,
  year: number | undefined,
): number | undefined {
  if (Number.isNaN(sent.getTime()) || month < 1 || month > 12 || day < 1 || day > 31) return undefined;
  const start = Date.UTC(sent.getUTCFullYear(), sent.getUTCMonth(), sent.getUTCDate());
  const days = (Date.UTC(year ?? sent.getUTCFullYear(), month - 1, day) - start) / DAY_MS;
  if (year !== undefined || days > -WRAP_AFTER) return days;
  return (Date.UTC(sent.getUTCFullYear() + 1, month - 1, day) - start) / DAY_MS;
}
