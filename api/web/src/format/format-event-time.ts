const DAY: Intl.DateTimeFormatOptions = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' };
const TIME: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit' };

/** When an event is, on the clock of its own place; only a time in UTC is put on the clock of whoever looks. */
export function formatEventTime(start: string | null, end: string | null): string {
  if (start === null) return 'At no time that it names';
  const from = read(start);
  if (from === undefined) return start;
  const to = end === null ? undefined : read(end);
  if (to === undefined) return from.text(true);
  const isSameDay = from.day === to.day;
  // The end of a whole day is the first moment after it (RFC 5545 3.6.1).
  if (from.isWholeDay) return isOneDay(start, end ?? start) ? from.day : `${from.day} – before ${to.day}`;
  return `${from.text(true)} – ${to.text(!isSameDay)}`;
}

function read(instant: string) {
  const isWholeDay = /^\d{4}-\d\d-\d\d$/.test(instant);
  const isUtc = instant.endsWith('Z');
  const date = new Date(isWholeDay ? `${instant}T00:00:00Z` : isUtc ? instant : `${instant}Z`);
  if (Number.isNaN(date.getTime())) return undefined;
  const zone = isUtc && !isWholeDay ? {} : { timeZone: 'UTC' };
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(undefined, { ...options, ...zone }).format(date);
  const day = format(DAY);
  return {
    day,
    isWholeDay,
    text: (withDay: boolean) => (isWholeDay ? day : format(withDay ? { ...DAY, ...TIME } : TIME)),
  };
}

function isOneDay(start: string, end: string): boolean {
  return new Date(end).getTime() - new Date(start).getTime() <= 86_400_000;
}
