import { digitsOf, isOneDigit, passesLuhn, weigh } from '../check/digit-checks.ts';
import { holdsId } from '../check/holds-id.ts';
import { code, type Recogniser } from '../recogniser.ts';

/** The United States, Canada, Brazil, Mexico, Argentina, Chile. */
export const AMERICAS: readonly Recogniser[] = [
  {
    type: 'us_ssn',
    kind: 'id',
    pattern: code(
      String.raw`(?!000|666|9\d\d)\d{3}([- .])(?!00)\d{2}\1(?!0000)\d{4}|(?!000|666|9\d\d)\d{3}(?!00)\d{2}(?!0000)\d{4}`,
    ),
    holds: (value) => holdsSsn(value),
    words: ['social security', 'ssn', 'ssns', 'social'],
    alone: false,
  },
  {
    type: 'us_itin',
    kind: 'id',
    pattern: code(String.raw`9\d{2}([- ]?)(?:5\d|6[0-5]|7\d|8[0-8]|9[0-24-9])\1\d{4}`),
    words: ['itin', 'taxpayer', 'tax id'],
    alone: false,
  },
  {
    type: 'us_passport',
    kind: 'id',
    pattern: code(String.raw`[A-Z]\d{8}`),
    words: ['passport'],
    alone: false,
  },
  {
    type: 'us_driver_license',
    kind: 'id',
    pattern: code(String.raw`[A-Z]\d{7,8}|[A-Z]\d{12,13}|[A-Z]{2}\d{6}[A-Z]?`),
    words: ['driver', 'license', 'licence', 'permit', 'dl'],
    alone: false,
  },
  {
    type: 'us_bank_number',
    kind: 'code',
    pattern: code(String.raw`\d{8,17}`),
    words: ['bank account', 'account number', 'account no', 'checking account', 'savings account'],
    alone: false,
  },
  {
    type: 'aba_routing_number',
    kind: 'code',
    pattern: code(String.raw`[0-36-8]\d{3}-?\d{4}-?\d`),
    holds: (value) => !isOneDigit(value) && weigh(digitsOf(value), [3, 7, 1]) % 10 === 0,
    words: ['routing', 'aba', 'rtn'],
    alone: false,
  },
  {
    type: 'us_npi',
    kind: 'id',
    pattern: code(String.raw`[12]\d{9}`),
    holds: (value) => passesLuhn(`80840${value}`) && new Set(value).size > 2,
    words: ['npi', 'provider identifier'],
    alone: false,
  },
  {
    type: 'us_mbi',
    kind: 'id',
    pattern: code(
      String.raw`[1-9][AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y]\d-?[AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y]\d-?[AC-HJKMNP-RT-Y]{2}\d{2}`,
    ),
    words: ['medicare', 'mbi'],
    alone: true,
  },
  {
    type: 'us_ein',
    kind: 'code',
    pattern: code(String.raw`\d{2}-\d{7}`),
    holds: (value) => holdsId('us_ein', value),
    words: ['ein', 'employer identification', 'tax id'],
    alone: false,
  },
  {
    type: 'medical_license',
    kind: 'id',
    pattern: code(String.raw`[ABCDEFGHJKLMPRSTUX][A-Z9]\d{7}`),
    holds: holdsDeaNumber,
    words: ['dea', 'medical', 'certificate', 'licen'],
    alone: false,
  },
  {
    type: 'ca_sin',
    kind: 'id',
    pattern: code(String.raw`[1-79]\d{2}([- ]?)\d{3}\1\d{3}`),
    holds: passesLuhn,
    words: ['sin', 'nas', 'social insurance', 'assurance sociale'],
    alone: false,
  },
  {
    type: 'br_cpf',
    kind: 'id',
    pattern: code(String.raw`\d{3}\.\d{3}\.\d{3}-\d{2}`),
    holds: (value) => holdsId('br_cpf', value),
    words: ['cpf'],
    alone: true,
  },
  {
    type: 'br_cpf_plain',
    kind: 'id',
    pattern: code(String.raw`\d{9}-?\d{2}`),
    holds: (value) => holdsId('br_cpf', value),
    words: ['cpf'],
    alone: false,
  },
  {
    type: 'br_cnpj',
    kind: 'code',
    pattern: code(String.raw`[0-9A-Z]{2}\.?[0-9A-Z]{3}\.?[0-9A-Z]{3}/?[0-9A-Z]{4}-?\d{2}`),
    holds: (value) => holdsId('br_cnpj', value),
    words: ['cnpj'],
    alone: false,
  },
  {
    type: 'mx_curp',
    kind: 'id',
    pattern: code(String.raw`[A-Z]{4}\d{6}[HMX][A-Z]{5}[0-9A-Z]\d`),
    holds: (value) => holdsId('mx_curp', value),
    words: ['curp'],
    alone: true,
  },
  {
    type: 'mx_rfc',
    kind: 'id',
    pattern: code(String.raw`[A-ZÑ&]{3,4}[ -]?\d{6}[ -]?[0-9A-Z]{3}`),
    holds: (value) => holdsId('mx_rfc', value),
    words: ['rfc'],
    alone: false,
  },
  {
    type: 'ar_cuit',
    kind: 'id',
    pattern: code(String.raw`\d{2}-?\d{8}-?\d`),
    holds: (value) => holdsId('ar_cuit', value),
    words: ['cuit', 'cuil'],
    alone: false,
  },
  {
    type: 'cl_rut',
    kind: 'id',
    pattern: code(String.raw`\d{1,2}\.?\d{3}\.?\d{3}-?[0-9K]`),
    holds: (value) => holdsId('cl_rut', value),
    words: ['rut', 'run'],
    alone: false,
  },
];

const KNOWN_FAKES = new Set(['078051120', '219099999', '123456789', '987654320']);

// No check digit: only numbers of advertisements and of one digit are told apart.
function holdsSsn(value: string): boolean {
  const digits = value.replace(/\D/g, '');
  return !KNOWN_FAKES.has(digits) && !isOneDigit(digits);
}

// Drug Enforcement Administration: odd digits plus twice the even ones end in the seventh.
function holdsDeaNumber(value: string): boolean {
  const digits = digitsOf(value.slice(2));
  return weigh(digits.slice(0, 6), [1, 2]) % 10 === digits[6];
}
