import type { FoundText } from './find-numbers.ts';
import { parseAmount } from './parse-amount.ts';

/** ISO 4217 by how it is written, lower-cased; the first of several countries is the likeliest. */
const CURRENCIES: ReadonlyMap<string, string> = new Map([
  ['€', 'EUR'],
  ['r$', 'BRL'],
  ['us$', 'USD'],
  ['$', 'USD'],
  ['£', 'GBP'],
  ['¥', 'JPY'],
  ['₹', 'INR'],
  ['zł', 'PLN'],
  ...['euro', 'euros'].map((word) => [word, 'EUR'] as const),
  ...['dollar', 'dollars', 'dólares', 'dollari', 'us-dollar'].map((word) => [word, 'USD'] as const),
  ...['pound', 'pounds', 'libras', 'sterline', 'pfund'].map((word) => [word, 'GBP'] as const),
  ...['franken', 'francs', 'franchi', 'sfr', 'fr.'].map((word) => [word, 'CHF'] as const),
  ...['reais', 'real'].map((word) => [word, 'BRL'] as const),
]);
const CODES =
  'EUR|USD|GBP|CHF|JPY|CNY|PLN|CZK|SEK|NOK|DKK|HUF|RON|BGN|TRY|BRL|MXN|ARS|CLP|COP|CAD|AUD|NZD|INR|ZAR|SGD|HKD|AED';
const SIGNS = 'US\\$|R\\$|[€$£¥₹]';
const WORDS =
  'euros?|dollars?|dólares|dollari|US-Dollar|pounds?|libras|sterline|Pfund|Franken|francs|franchi|reais|zł';
const NUMBER =
  "\\d{1,3}(?:[.,'’ \\u00a0\\u202f]\\d{3}(?!\\d)){1,4}(?:[.,]\\d{1,2}(?!\\d))?|\\d{1,12}(?:[.,]\\d{1,2}(?!\\d))?";
const TIMES = '(?:[ \\u00a0]?(k|Tsd\\.?|Mio\\.?|million(?:en|s)?|millones|milioni|milhões)(?![\\p{L}]))?';
const GAP = '[ \\t\\u00a0\\u202f]?';
const BEFORE = new RegExp(
  `(?<![\\p{L}\\p{N}])(${SIGNS}|(?:${CODES})(?![\\p{L}]))${GAP}(${NUMBER})(?:[.,][-–]{1,2})?${TIMES}`,
  'giu',
);
const AFTER = new RegExp(
  `(?<![\\p{L}\\p{N}.,])(${NUMBER})(?:[.,][-–]{1,2})?${TIMES}${GAP}(${SIGNS}|(?:${CODES}|${WORDS})(?![\\p{L}\\p{N}]))`,
  'giu',
);
const MOST = 60;

/** Amounts of money with their currency, written as in any of the six languages. Linear: all parts are bounded. */
export function findAmounts(text: string): FoundText[] {
  const found: FoundText[] = [];
  for (const match of text.matchAll(AFTER)) {
    add(match.index, match[0], match[1], match[2], match[3]);
    if (found.length >= MOST) return found;
  }
  for (const match of text.matchAll(BEFORE)) {
    const { index } = match;
    if (!found.some(({ start, end }) => index < end && index + match[0].length > start)) {
      add(index, match[0], match[2], match[3], match[1]);
    }
    if (found.length >= MOST) break;
  }
  return found;

  function add(start: number, whole: string, number = '', times = '', currency = ''): void {
    const amount = parseAmount(number) * factor(times);
    if (!Number.isFinite(amount)) return;
    const code = CURRENCIES.get(currency.toLowerCase()) ?? currency.toUpperCase();
    found.push({
      kind: 'amount',
      start,
      end: start + whole.length,
      value: `${amount.toFixed(2)} ${code}`,
    });
  }
}

function factor(times: string): number {
  if (times === '') return 1;
  return /^(?:k|tsd)/i.test(times) ? 1e3 : 1e6;
}
