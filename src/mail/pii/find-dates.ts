import type { PiiSpan } from '../../domain/message.ts';

const MONTH =
  '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mär|mai|okt|dez|ene|abr|ago|dic|janv|févr|avr|juin|juil|août|déc|gen|mag|giu|lug|set|ott|mrt|mei|fev|out|dez)\\p{L}{0,7}\\.?';
const TIME =
  '(?:[ T,]{1,2}\\d{1,2}:\\d\\d(?::\\d\\d(?:\\.\\d{1,9})?)?(?:Z|[ ]?[+-]\\d\\d:?\\d\\d|[ ]?[ap]m)?)';
const DAY = '(?:0?[1-9]|[12]\\d|3[01])';
const DATE = new RegExp(
  `(?<![\\p{L}\\p{N}/.:-])(?:${[
    `(?:19|20)\\d\\d([-/.])(?:0?[1-9]|1[0-2])\\1${DAY}${TIME}?`,
    `${DAY}([-/.])(?:0?[1-9]|1[0-2])\\2(?:\\d{4}|\\d\\d)${TIME}?`,
    `(?:0?[1-9]|1[0-2])([-/.])${DAY}\\3(?:\\d{4}|\\d\\d)${TIME}?`,
    `${DAY}(?:st|nd|rd|th|\\.)?[ -](?:de |of )?${MONTH}(?:[ -](?:de |del )?(?:19|20)?\\d\\d)?${TIME}?`,
    `${MONTH}[ -](?:${DAY}(?:st|nd|rd|th)?(?:,? (?:19|20)\\d\\d)?|(?:19|20)\\d\\d)${TIME}?`,
    '(?:0[1-9]|1[0-2])[/](?:19|20)\\d\\d',
  ].join('|')})(?![\\p{L}\\p{N}]|[-/.:]\\d)`,
  'giu',
);

/** Calendar dates, with their time of day: `2024-06-05T09:15:30Z`, `21.5.2021`, `5 May`, `3 de mayo de 2024`. */
export function findDates(text: string): PiiSpan[] {
  return Array.from(text.matchAll(DATE), ({ 0: value, index }): PiiSpan => {
    return { kind: 'date', start: index, end: index + value.length };
  });
}
