import { digitsOf, weigh } from '../check/digit-checks.ts';
import { holdsId } from '../check/holds-id.ts';
import { code, type Recogniser } from '../recogniser.ts';

/** Australia, Africa, and what is the same everywhere. */
export const WORLD: readonly Recogniser[] = [
  {
    type: 'au_abn',
    kind: 'code',
    pattern: code(String.raw`\d{2}[ ]?\d{3}[ ]?\d{3}[ ]?\d{3}`),
    holds: (value) => holdsId('au_abn', value),
    words: ['abn', 'business number'],
    alone: false,
  },
  {
    type: 'au_acn',
    kind: 'code',
    pattern: code(String.raw`\d{3}[ ]?\d{3}[ ]?\d{3}`),
    holds: (value) => holdsId('au_acn', value),
    words: ['acn', 'company number'],
    alone: false,
  },
  {
    type: 'au_tfn',
    kind: 'id',
    pattern: code(String.raw`\d{3}[ ]?\d{3}[ ]?\d{2,3}`),
    holds: (value) => holdsId('au_tfn', value),
    words: ['tfn', 'tax file'],
    alone: false,
  },
  {
    type: 'au_medicare',
    kind: 'id',
    pattern: code(String.raw`[2-6]\d{3}[ ]?\d{5}[ ]?\d`),
    holds: holdsMedicare,
    words: ['medicare'],
    alone: false,
  },
  {
    type: 'za_id_number',
    kind: 'id',
    pattern: code(String.raw`\d{13}`),
    holds: (value) => holdsId('za_idnr', value),
    words: ['rsa id', 'id number', 'south african id', 'sa id', 'identity number'],
    alone: false,
  },
  {
    type: 'ng_nin',
    kind: 'id',
    pattern: code(String.raw`\d{11}`),
    holds: (value) => holdsId('verhoeff', value),
    words: ['nin', 'national identification'],
    alone: false,
  },
  {
    type: 'ng_vehicle_registration',
    kind: 'id',
    pattern: code(String.raw`[A-Z]{3}-?\d{3}-?[A-Z]{2}`),
    words: ['plate', 'vehicle', 'registration'],
    alone: false,
  },
  {
    type: 'mac_address',
    kind: 'mac',
    pattern: code(
      String.raw`[0-9A-F]{2}(?::[0-9A-F]{2}){5}|[0-9A-F]{2}(?:-[0-9A-F]{2}){5}|[0-9A-F]{4}\.[0-9A-F]{4}\.[0-9A-F]{4}`,
    ),
    words: [],
    alone: true,
  },
  {
    type: 'crypto',
    kind: 'wallet',
    pattern: code(String.raw`[13][1-9A-HJ-NP-Za-km-z]{25,34}|bc1[02-9ac-hj-np-z]{11,71}`),
    holds: (value) => holdsId('bitcoin', value),
    words: [],
    alone: true,
  },
];

// Weights 1, 3, 7, 9 over eight digits.
function holdsMedicare(value: string): boolean {
  const digits = digitsOf(value);
  return weigh(digits.slice(0, 8), [1, 3, 7, 9]) % 10 === digits[8];
}
