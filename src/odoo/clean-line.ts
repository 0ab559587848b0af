const BREAKS = /[\p{Cc}\p{Zl}\p{Zp}\s]+/gu;
/** Bidi overrides and isolates (they turn a line around), byte order marks, and what XML 1.0 forbids. */
const DECEIVING = /[\u202A-\u202E\u2066-\u2069\uFEFF\uFFFE\uFFFF]/gu;
const LONE_SURROGATE = /\p{Surrogate}/gu;

/** One line without control characters, at most `max` code points; a longer one ends in an ellipsis. */
export function cleanLine(text: string, max: number): string {
  // Cut first, so that a huge header costs nothing; a pair that this halves is mended below.
  const line = text
    .slice(0, max * 4)
    .replace(LONE_SURROGATE, '\uFFFD')
    .replace(DECEIVING, '')
    .replace(BREAKS, ' ')
    .trim();
  const points = Array.from(line);
  return points.length <= max ? line : `${points.slice(0, max - 1).join('')}…`;
}
