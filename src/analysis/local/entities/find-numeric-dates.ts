import type { When } from './mention.ts';

interface NumericDate {
  readonly when: When;
  readonly start: number;
  readonly end: number;
  readonly needsLead: boolean;
}

const ISO = /(?<![\d.,/-])(\d{4})-(\d{1,2})-(\d{1,2})(?![\d-])/g;
const COMMON =
  /(?<![\d.,/-])(\d{1,2})([./-])(\d{1,2})(?:\2(\d{4}|\d{2})(?!\d)|(\.)(?=\s|$|[,;:!?)])|(?![\d./-]))/g;
const MOST = 200;

/** `2026-03-12`, `12.03.2026`, `12/03/26`, `12.03.`; day before month, unless only the other order makes a date. */
export function findNumericDates(text: string, language: string): NumericDate[] {
  const found: NumericDate[] = [];
  for (const match of text.matchAll(ISO)) {
    push(match.index, match[0].length, Number(match[3]), Number(match[2]), Number(match[1]), false);
    if (found.length >= MOST) return found;
  }
  for (const match of text.matchAll(COMMON)) {
    const [whole, first, mark, second, year, closing] = match;
    const isAmerican = language === 'en' && Number(second) > 12;
    const [day, month] = isAmerican ? [Number(second), Number(first)] : [Number(first), Number(second)];
    const full = year === undefined ? undefined : (Number(year) % 100) + 2000;
    const past = year?.length === 4 ? Number(year) : full;
    // `3.5` and `1/2` are numbers, `12-14` a range.
    const needsLead = year === undefined && !(mark === '.' && closing === '.');
    if (needsLead && mark === '-') continue;
    push(match.index, whole.length, day, month, past, needsLead);
    if (found.length >= MOST) break;
  }
  return found;

  function push(
    start: number,
    length: number,
    day: number,
    month: number,
    year: number | undefined,
    needsLead: boolean,
  ): void {
    if (day < 1 || day > 31 || month < 1 || month > 12) return;
    if (year !== undefined && (year < 1950 || year > 2100)) return;
    found.push({ when: { kind: 'calendar', day, month, year }, start, end: start + length, needsLead });
  }
}
