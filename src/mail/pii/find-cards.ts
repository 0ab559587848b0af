import type { PiiSpan } from '../../domain/message.ts';
import { passesLuhn } from './check/digit-checks.ts';

const CANDIDATE = /(?<![\d.,])\d(?:[ \u00a0-]?\d){11,18}(?![\d]|[.,]\d)/g;
// Issuer ranges and lengths (ISO/IEC 7812): Visa, Mastercard, Amex, Discover, JCB, Diners, UnionPay, Maestro, UATP.
const ISSUER =
  /^(?:4\d{12}(?:\d{3}){0,2}|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|3[47]\d{13}|6(?:011|4[4-9]\d|5\d\d)\d{12}|35(?:2[89]|[3-8]\d)\d{12}|3(?:0[0-5]|[689]\d)\d{11}|62\d{14,17}|(?:50|5[6-9]|6[37])\d{10,17}|1\d{14})$/;

/** Payment card numbers: an issuer's range and length, and the Luhn digit. */
export function findCards(text: string): PiiSpan[] {
  const spans: PiiSpan[] = [];
  for (const match of text.matchAll(CANDIDATE)) {
    const digits = match[0].replace(/\D/g, '');
    if (!ISSUER.test(digits) || !passesLuhn(digits) || /^(\d)\1+$/.test(digits)) continue;
    spans.push({ kind: 'card', start: match.index, end: match.index + match[0].length });
  }
  return spans;
}
