import type { PiiSpan } from '../../domain/message.ts';
import { passesMod97 } from './check/mod-97.ts';

// Characters of an IBAN by country (the SWIFT registry).
const LENGTHS: ReadonlyMap<string, number> = new Map(
  'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 ES24 FI18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 SA24 SC31 SE24 SI19 SK24 SM27 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20'
    .split(' ')
    .map((entry): [string, number] => [entry.slice(0, 2), Number(entry.slice(2))]),
);
const START = /(?<![\p{L}\p{N}])[A-Z]{2}\d{2}(?=[ \u00a0.-]?[A-Z0-9])/giu;
const SEPARATOR = /[ \u00a0.-]/;
const CONTENT = /[A-Z0-9]/i;

/** IBANs of the right length for their country whose check digits hold (ISO 13616, mod 97). */
export function findIbans(text: string): PiiSpan[] {
  const spans: PiiSpan[] = [];
  for (const match of text.matchAll(START)) {
    const start = match.index;
    const length = LENGTHS.get(match[0].slice(0, 2).toUpperCase());
    const end = length === undefined ? undefined : readEnd(text, start, length);
    if (end === undefined || (spans.at(-1)?.end ?? 0) > start) continue;
    if (holds(text.slice(start, end))) spans.push({ kind: 'iban', start, end });
  }
  return spans;
}

/** The offset after `length` characters, single separators skipped; undefined when they are not there. */
function readEnd(text: string, start: number, length: number): number | undefined {
  let pos = start;
  for (let count = 0; count < length; pos++) {
    const char = text[pos] ?? '';
    if (CONTENT.test(char)) count++;
    else if (!SEPARATOR.test(char) || SEPARATOR.test(text[pos - 1] ?? '')) return undefined;
  }
  return /[\p{L}\p{N}]/u.test(text[pos] ?? '') ? undefined : pos;
}

function holds(iban: string): boolean {
  return passesMod97(iban.replace(/[^A-Z0-9]/gi, '').toUpperCase());
}
