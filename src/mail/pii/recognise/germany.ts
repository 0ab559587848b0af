import { digitsOf, isOneDigit, passesIcao, passesMod1110, weigh } from '../check/digit-checks.ts';
import { holdsId } from '../check/holds-id.ts';
import { code, type Recogniser } from '../recogniser.ts';

/** Germany: documents, tax, health and registers. */
export const GERMANY: readonly Recogniser[] = [
  {
    type: 'de_plz',
    kind: 'code',
    pattern: code(String.raw`\d{5}`),
    holds: (value) => value >= '01001' && value <= '99998',
    words: ['plz', 'postleitzahl'],
    alone: false,
  },
  {
    type: 'de_fuehrerschein',
    kind: 'id',
    pattern: code(String.raw`[A-Z]{2}\d{8}[A-Z0-9]`),
    words: ['führerschein', 'fuehrerschein', 'fahrerlaubnis'],
    alone: false,
  },
  {
    type: 'de_handelsregister',
    kind: 'code',
    pattern: code(String.raw`HR[AB][ \u00a0]{0,3}\d{1,6}`),
    words: ['handelsregister', 'amtsgericht'],
    alone: true,
  },
  {
    type: 'de_health_insurance',
    kind: 'id',
    pattern: code(String.raw`[A-Z]\d{9}`),
    holds: holdsHealthNumber,
    words: ['krankenversicherung', 'versichertennummer', 'kvnr', 'krankenkasse', 'versicherten'],
    alone: false,
  },
  {
    type: 'de_id_card',
    kind: 'id',
    pattern: code(String.raw`[LMNPRTVWXYCFGHJK][0-9CFGHJKLMNPRTVWXYZ]{7}\d`),
    holds: passesIcao,
    words: ['personalausweis', 'ausweisnummer', 'ausweis', 'ausweisnr'],
    alone: false,
  },
  {
    type: 'de_passport',
    kind: 'id',
    pattern: code(String.raw`[CFGHJK][0-9CFGHJKLMNPRTVWXYZ]{7}\d`),
    holds: passesIcao,
    words: ['reisepass', 'pass-nr', 'passnummer', 'passport'],
    alone: false,
  },
  {
    type: 'de_kfz',
    kind: 'id',
    pattern: code(String.raw`[A-ZÄÖÜ]{1,3}[ -][A-Z]{1,2}[ -]?[1-9]\d{0,3}[EH]?`),
    words: ['kennzeichen', 'fahrzeug', 'kfz', 'pkw'],
    alone: false,
  },
  {
    type: 'de_lanr',
    kind: 'id',
    pattern: code(String.raw`\d{9}`),
    holds: holdsDoctorNumber,
    words: ['lanr', 'arztnummer'],
    alone: false,
  },
  {
    type: 'de_bsnr',
    kind: 'code',
    pattern: code(String.raw`(?!00)\d{9}`),
    words: ['bsnr', 'betriebsstättennummer'],
    alone: false,
  },
  {
    type: 'de_social_security',
    kind: 'id',
    pattern: code(String.raw`\d{2}[ ]?\d{6}[ ]?[A-Z][ ]?\d{3}`),
    holds: (value) => holdsId('de_svnr', value),
    words: ['sozialversicherung', 'rentenversicherung', 'svnr', 'sv-nummer'],
    alone: true,
  },
  {
    type: 'de_tax_id',
    kind: 'id',
    pattern: code(String.raw`[1-9]\d(?:[ ]?\d{3}){3}`),
    holds: (value) => passesMod1110(value) && !isOneDigit(value),
    words: [
      'steuer-id',
      'steueridentifikationsnummer',
      'identifikationsnummer',
      'idnr',
      'steuer-identifikationsnummer',
    ],
    alone: false,
  },
  {
    type: 'de_tax_number',
    kind: 'id',
    pattern: code(String.raw`\d{2,3}/\d{3,4}/\d{4,5}|(?:0[1-9]|1[0-6])\d{11}`),
    words: ['steuernummer', 'steuer-nr', 'st.-nr', 'finanzamt', 'stnr'],
    alone: false,
  },
  {
    type: 'de_vat_id',
    kind: 'code',
    pattern: code(String.raw`DE[ .]?\d{3}[ .]?\d{3}[ .]?\d{3}`),
    holds: (value) => passesMod1110(value),
    words: ['ust', 'umsatzsteuer', 'vat'],
    alone: true,
  },
];

// KVNR: the letter counts as two digits, every second value is doubled, cross sums.
function holdsHealthNumber(value: string): boolean {
  const letter = value.toUpperCase().charCodeAt(0) - 64;
  const digits = digitsOf(`${String(letter).padStart(2, '0')}${value.slice(1)}`);
  const check = digits.pop();
  const sum = digits.reduce((total, digit, i) => total + (i % 2 === 1 ? crossSum(digit * 2) : digit), 0);
  return sum % 10 === check;
}

function crossSum(number: number): number {
  return Math.floor(number / 10) + (number % 10);
}

// LANR: weights 4 and 9 over six digits.
function holdsDoctorNumber(value: string): boolean {
  const digits = digitsOf(value);
  return (10 - (weigh(digits.slice(0, 6), [4, 9]) % 10)) % 10 === digits[6];
}
