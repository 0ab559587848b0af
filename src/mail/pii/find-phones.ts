import { parsePhoneNumberFromString } from 'libphonenumber-js';
import type { PiiSpan } from '../../domain/message.ts';

const CANDIDATE =
  /(?<![\p{L}\p{N}_/.:#-])\(?(?:\+|00)?\(?\d[\d \u00a0()./-]{5,24}\d(?:x\d{1,6})?(?![\p{L}\p{N}_@]|[.,:]\d)/gu;
const DATE_LIKE =
  /^(?:\d{1,2}([-./])\d{1,2}\1(?:19|20)?\d\d|(?:19|20)\d\d([-./])\d{1,2}\2\d{1,2})(?:[ \u00a0]\d|$)|^(?:19|20)\d\d\s?-\s?(?:19|20)\d\d$/;
const CONTEXT =
  /(?<!\p{L})(?:tel|tel[eé]fon\p{L}{0,8}|t[eé]l[eé]phone|phone|mobile?|mobilnummer|handy\p{L}{0,8}|cell|cellphone|call|ring|rufen|ruf|fax|whatsapp|durchwahl|rufnummer|móvil|celular|portable|cellulare|appelez|appeler|llame|llamar|llámeme|chiamare|chiamate|chiamami|ligue|ligar|m|t)(?!\p{L})\P{N}{0,16}$/iu;
const CONTEXT_AFTER =
  /^\s{0,2}(?:x\d{1,6}\s)?[-(]?\s?(?:office|mobile?|cell|fax|home|work|büro|privat|bureau|oficina|casa)\b/i;
// (555) 123-4567 and 555-123-4567: the one national form that is told by its shape alone.
const NORTH_AMERICAN = /^(?:\(\d{3}\)\s?|\d{3}[-. ])\d{3}[-. ]\d{4}(?:x\d{1,6})?$/;
// 090-1234-5678, 0961-7596216: groups after a trunk zero, in a sentence that speaks of a number.
const TRUNK = /^\(?0\d{1,4}\)?(?:[- ./]\d{2,8}){1,3}$/;
const NUMBER = /(?:number|nummer|numéro|número|numero|registered)(?:\s\p{L}{1,8}){0,2}\W{0,3}$/iu;

/** Phone numbers: international ones that exist, national ones by their shape or by the word before them. */
export function findPhones(text: string): PiiSpan[] {
  const spans: PiiSpan[] = [];
  for (const match of text.matchAll(CANDIDATE)) {
    const value = match[0];
    const digits = value.replace(/x\d+$/, '').replace(/\D/g, '');
    if (digits.length < 7 || digits.length > 15 || DATE_LIKE.test(value)) continue;
    const before = text.slice(Math.max(0, match.index - 40), match.index);
    const after = text.slice(match.index + value.length, match.index + value.length + 24);
    if (isPhone(value, digits, before, after)) {
      spans.push({ kind: 'phone', start: match.index, end: match.index + value.length });
    }
  }
  return spans;
}

function isPhone(value: string, digits: string, before: string, after: string): boolean {
  if (/^\(?\+/.test(value)) return exists(`+${digits}`);
  if (digits.startsWith('00') && exists(`+${digits.slice(2)}`)) return true;
  if (NORTH_AMERICAN.test(value)) return exists(`+1${digits}`);
  if (TRUNK.test(value) && NUMBER.test(before)) return true;
  return CONTEXT.test(before) || CONTEXT_AFTER.test(after);
}

function exists(number: string): boolean {
  // `+49 (0)30 …`: the trunk zero is for callers at home.
  const parsed = parsePhoneNumberFromString(number) ?? undefined;
  return parsed?.isPossible() ?? false;
}
