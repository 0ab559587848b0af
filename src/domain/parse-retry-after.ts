const IMF_FIXDATE =
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d GMT$/;

/** Retry-After in milliseconds from now: whole seconds or a date to come (RFC 9110 10.2.3). Anything else names no wait. */
export function parseRetryAfter(value: string | null | undefined, now = Date.now()): number | undefined {
  const text = value?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000;
  const ms = IMF_FIXDATE.test(text) ? Date.parse(text) - now : 0;
  return ms > 0 ? ms : undefined;
}
