const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto', style: 'narrow' });
const thisYear = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const otherYear = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' });

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;

/** `3m ago`, `5h ago`, and a date once it is older than six days. */
export function formatRelative(then: Date, now: number): string {
  const past = (now - then.getTime()) / 1000;
  if (Math.abs(past) < 45) return relative.format(0, 'second');
  if (Math.abs(past) < 45 * MINUTE) return relative.format(-Math.round(past / MINUTE), 'minute');
  if (Math.abs(past) < 22 * HOUR) return relative.format(-Math.round(past / HOUR), 'hour');
  if (Math.abs(past) < 6 * DAY) return relative.format(-Math.round(past / DAY), 'day');
  return (then.getFullYear() === new Date(now).getFullYear() ? thisYear : otherYear).format(then);
}
