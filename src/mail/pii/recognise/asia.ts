import { digitsOf, weigh } from '../check/digit-checks.ts';
import { holdsId } from '../check/holds-id.ts';
import { code, type Recogniser } from '../recogniser.ts';

/** Singapore, India, Korea, Thailand, Turkey, the Philippines. */
export const ASIA: readonly Recogniser[] = [
  {
    type: 'sg_nric_fin',
    kind: 'id',
    pattern: code(String.raw`[STFGM]\d{7}[A-Z]`),
    proves: (value) => holdsId('sg_nric', value),
    words: ['nric', 'fin', 'ic no'],
    alone: false,
  },
  {
    type: 'sg_uen',
    kind: 'code',
    pattern: code(String.raw`\d{8,9}[A-Z]|[TSR]\d{2}[A-Z]{2}\d{4}[A-Z]`),
    holds: (value) => holdsId('sg_uen', value),
    words: ['uen', 'acra', 'company'],
    alone: false,
  },
  {
    type: 'in_aadhaar',
    kind: 'id',
    pattern: code(String.raw`[2-9]\d{3}([ :-]?)\d{4}\1\d{4}`),
    holds: (value) => holdsId('in_aadhaar', value.replace(/\D/g, '')),
    words: ['aadhaar', 'aadhar', 'uidai'],
    alone: false,
  },
  {
    type: 'in_gstin',
    kind: 'code',
    pattern: code(String.raw`(?:0[1-9]|[12]\d|3[0-8])[A-Z]{5}\d{4}[A-Z][1-9A-Z]Z[0-9A-Z]`),
    words: ['gst', 'gstin'],
    alone: true,
  },
  {
    type: 'in_pan',
    kind: 'id',
    pattern: code(String.raw`[A-Z]{5}\d{4}[A-Z]`),
    words: ['pan', 'permanent account', 'income tax'],
    alone: false,
  },
  {
    type: 'in_passport',
    kind: 'id',
    pattern: code(String.raw`[A-Z][1-9]\d{6}`),
    words: ['passport'],
    alone: false,
  },
  {
    type: 'in_vehicle_registration',
    kind: 'id',
    pattern: code(
      String.raw`(?:A[NPRS]|BR|C[GH]|D[DLN]|G[AJ]|H[PR]|J[HK]|K[AL]|L[AD]|M[HLNPZ]|NL|O[DR]|P[BY]|RJ|SK|T[GNRS]|U[KP]|WB)[ -]?\d{1,2}[ -]?[A-Z]{1,3}[ -]?\d{4}|[A-Z][1-9]\d{4}`,
    ),
    words: ['registration', 'vehicle', 'bike', 'number plate', 'car'],
    alone: false,
  },
  {
    type: 'in_voter',
    kind: 'id',
    pattern: code(String.raw`[A-Z]{3}\d{7}`),
    words: ['voter', 'vote', 'epic', 'election'],
    alone: false,
  },
  {
    type: 'kr_rrn',
    kind: 'id',
    pattern: code(String.raw`\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])-?[1-4]\d{6}`),
    proves: (value) => value.includes('-') && holdsId('kr_rrn', value),
    words: ['rrn', 'resident registration', '주민등록번호'],
    alone: false,
  },
  {
    type: 'kr_frn',
    kind: 'id',
    pattern: code(String.raw`\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])-?[5-8]\d{6}`),
    holds: holdsForeigner,
    words: ['frn', 'foreigner', 'alien registration', '외국인등록번호'],
    alone: false,
  },
  {
    type: 'kr_brn',
    kind: 'code',
    pattern: code(String.raw`\d{3}-?\d{2}-?\d{5}`),
    holds: (value) => holdsId('kr_brn', value),
    words: ['brn', 'business registration', '사업자등록번호'],
    alone: false,
  },
  {
    type: 'kr_passport',
    kind: 'id',
    pattern: code(String.raw`[MSROD]\d{3}[A-Z]\d{4}|[MSRODG]\d{8}`),
    words: ['passport', '여권'],
    alone: false,
  },
  {
    type: 'kr_driver_license',
    kind: 'id',
    pattern: code(String.raw`(?:1[1-9]|2[0-8])-?\d{2}-?\d{6}-?\d{2}`),
    words: ['driver', 'licen', '운전면허'],
    alone: false,
  },
  {
    type: 'th_tnin',
    kind: 'id',
    pattern: code(String.raw`[1-8](?:[1-8]\d|9[0-6])\d{10}`),
    holds: (value) => holdsId('th_idnr', value),
    words: ['thai', 'national id', 'บัตรประชาชน', 'เลขประจำตัว'],
    alone: false,
  },
  {
    type: 'tr_national_id',
    kind: 'id',
    pattern: code(String.raw`[1-9]\d{10}`),
    holds: (value) => holdsId('tr_tckimlik', value),
    words: ['kimlik', 'tckn', 't.c.', 'tc no', 'tc kimlik'],
    alone: false,
  },
  {
    type: 'tr_license_plate',
    kind: 'id',
    pattern: code(String.raw`(?:0[1-9]|[1-7]\d|8[01])[ ]?[A-Z]{1,3}[ ]?\d{2,5}`),
    words: ['plaka', 'plate', 'araç'],
    alone: false,
  },
  {
    type: 'tr_phone_number',
    kind: 'phone',
    pattern: code(String.raw`(?:(?:\+90|0)[ ]?)?\(?[2-5]\d{2}\)?[ ]?\d{3}[ ]?\d{2}[ ]?\d{2}`),
    words: ['telefon', 'tel', 'gsm', 'cep'],
    alone: false,
  },
  {
    type: 'ph_mobile_number',
    kind: 'phone',
    pattern: code(String.raw`09\d{2}[ -]?\d{3}[ -]?\d{4}`),
    words: ['telepono', 'mobile', 'cell', 'cp no'],
    alone: false,
  },
  {
    type: 'ph_tin',
    kind: 'id',
    pattern: code(String.raw`\d{3}-?\d{3}-?\d{3}(?:-?\d{3}(?:\d{2})?)?`),
    holds: holdsPhilippineTin,
    words: ['tin', 'bir'],
    alone: false,
  },
];

// Modulus 11 over eight digits.
function holdsPhilippineTin(value: string): boolean {
  const digits = digitsOf(value);
  return weigh(digits.slice(0, 8), [9, 8, 7, 6, 5, 4, 3, 2]) % 11 === digits[8];
}

// Registration numbers of foreigners: the check of residents plus 2. Given without check digits since October 2020.
function holdsForeigner(value: string): boolean {
  const digits = digitsOf(value);
  const sum = weigh(digits.slice(0, 12), [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]);
  return Number(value.slice(0, 2)) < 20 || (13 - (sum % 11)) % 10 === digits[12];
}
