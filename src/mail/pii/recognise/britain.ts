import { digitsOf, weigh } from '../check/digit-checks.ts';
import { holdsId } from '../check/holds-id.ts';
import { code, type Recogniser } from '../recogniser.ts';

/** United Kingdom and Ireland. */
export const BRITAIN: readonly Recogniser[] = [
  {
    type: 'uk_driving_licence',
    kind: 'id',
    pattern: code(
      String.raw`[A-Z]{1,5}9{0,4}\d(?:[05][1-9]|[16][0-2])(?:0[1-9]|[12]\d|3[01])\d[A-Z][A-Z9][A-Z0-9][A-Z]{2}`,
    ),
    holds: (value) => value.length === 16,
    words: ['driving licence', 'licence', 'driver'],
    alone: true,
  },
  {
    type: 'uk_nino',
    kind: 'id',
    pattern: code(
      String.raw`(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]`,
    ),
    words: ['national insurance', 'nino', 'ni number'],
    alone: true,
  },
  {
    type: 'uk_passport',
    kind: 'id',
    pattern: code(String.raw`[A-Z]{2}\d{7}`),
    words: ['passport'],
    alone: false,
  },
  {
    type: 'uk_nhs',
    kind: 'id',
    pattern: code(String.raw`\d{3}[ -]?\d{3}[ -]?\d{4}`),
    holds: holdsNhsNumber,
    words: ['nhs', 'health service'],
    alone: false,
  },
  {
    type: 'uk_postcode',
    kind: 'code',
    pattern: code(
      String.raw`(?:GIR ?0AA|(?:[A-PR-UWYZ]\d[\dA-HJKPSTUW]?|[A-PR-UWYZ][A-HK-Y]\d[\dABEHMNPRVWXY]?) ?\d[ABD-HJLNP-UW-Z]{2})`,
    ),
    words: ['postcode', 'post code', 'address', 'postal'],
    alone: false,
  },
  {
    type: 'uk_vehicle_registration',
    kind: 'id',
    pattern: code(
      String.raw`[A-HJ-PR-Y]{2}(?:0[2-9]|[1-2]\d|5[1-9]|[67]\d)[ -]?[A-HJ-PR-Z]{3}|[A-HJ-NPR-TV-Y][1-9]\d{0,2}[ -]?[A-HJ-PR-Z]{3}|[A-HJ-PR-Z]{3}[ -]?[1-9]\d{0,2}[A-HJ-NPR-TV-Y]`,
    ),
    words: ['registration', 'reg', 'number plate', 'vehicle', 'car', 'plate'],
    alone: false,
  },
  {
    type: 'ie_pps',
    kind: 'id',
    pattern: code(String.raw`\d{7}[A-W][A-IW]?`),
    holds: (value) => holdsId('ie_pps', value),
    words: ['pps', 'ppsn'],
    alone: false,
  },
];

// NHS number: weights 10 to 2, modulus 11.
function holdsNhsNumber(value: string): boolean {
  const digits = digitsOf(value);
  const check = (11 - (weigh(digits.slice(0, 9), [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 11;
  return check === digits[9];
}
