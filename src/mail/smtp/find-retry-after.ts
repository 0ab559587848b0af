/** What greylisters wait for when they do not say: postgrey's 300 s, and most use less. */
const GREYLIST_MS = 300_000;
const MIN_MS = 10_000;
const MAX_MS = 3_600_000;
const UNITS = { s: 1_000, m: 60_000, h: 3_600_000 } as const;

/**
 * When to try again after a temporary refusal (RFC 6647), in milliseconds: what the text says, else five minutes for
 * greylisting. Undefined for every other reason: the retry policy knows better.
 */
export function findRetryAfter(code: number, response: string): number | undefined {
  if (code !== 450 && code !== 451) return undefined;
  const text = response.slice(0, 600).toLowerCase();
  const [, amount, unit] = /\b(\d{1,5}) ?(s|m|h)(?:ec|in|our|r|\b)/.exec(text) ?? [];
  const clock = /\b(\d{1,2}):(\d\d):(\d\d)\b/.exec(text);
  const grey = /gr[ea]y-?\s?list|4\.7\.1|again later|try again|retry/.test(text);
  if (!grey) return undefined;
  let asked = GREYLIST_MS;
  if (amount !== undefined) asked = Number(amount) * UNITS[unit as keyof typeof UNITS];
  else if (clock) asked = (Number(clock[1]) * 3_600 + Number(clock[2]) * 60 + Number(clock[3])) * 1_000;
  return Math.min(Math.max(asked, MIN_MS), MAX_MS);
}
