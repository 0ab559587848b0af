import { holdsId } from '../check/holds-id.ts';
import { code, type Recogniser } from '../recogniser.ts';

/** Spain, Italy, Portugal, France, Greece, the Adriatic. */
export const SOUTHERN_EUROPE: readonly Recogniser[] = [
  {
    type: 'es_nif',
    kind: 'id',
    pattern: code(String.raw`\d{7,8}-?[A-Z]`),
    holds: (value) =>
      'TRWAGMYFPDXBNJZSQVHLCKE'[Number.parseInt(value, 10) % 23] === value.slice(-1).toUpperCase(),
    words: ['nif', 'dni'],
    alone: true,
  },
  {
    type: 'es_nie',
    kind: 'id',
    pattern: code(String.raw`[XYZ]-?\d{7}-?[A-Z]`),
    holds: (value) => holdsId('es_nie', value),
    words: ['nie'],
    alone: true,
  },
  {
    type: 'es_passport',
    kind: 'id',
    pattern: code(String.raw`[A-Z]{3}\d{6}`),
    words: ['pasaporte', 'passport'],
    alone: false,
  },
  {
    type: 'es_cif',
    kind: 'code',
    pattern: code(String.raw`[A-HJNP-SUVW]-?\d{7}-?[0-9A-J]`),
    holds: (value) => holdsId('es_cif', value),
    words: ['cif', 'nif'],
    alone: false,
  },
  {
    type: 'es_nss',
    kind: 'id',
    pattern: code(String.raw`\d{2}[ /-]?\d{8}[ /-]?\d{2}`),
    holds: (value) => holdsId('es_nss', value),
    words: ['seguridad social', 'nss', 'afiliación'],
    alone: false,
  },
  {
    type: 'it_fiscal_code',
    kind: 'id',
    pattern: code(String.raw`[A-Z]{6}[0-9L-NP-V]{2}[A-EHLMPR-T][0-9L-NP-V]{2}[A-Z][0-9L-NP-V]{3}[A-Z]`),
    holds: holdsFiscalCode,
    words: ['codice fiscale'],
    alone: true,
  },
  {
    type: 'it_driver_license',
    kind: 'id',
    pattern: code(String.raw`[A-Z]{2}\d{7}[A-Z]|U1[A-Z0-9]{7}[A-Z]`),
    words: ['patente', 'driver', 'licen'],
    alone: false,
  },
  {
    type: 'it_vat_code',
    kind: 'code',
    pattern: code(String.raw`\d{11}`),
    holds: (value) => holdsId('it_iva', value),
    words: ['partita iva', 'p.iva', 'p. iva', 'piva'],
    alone: false,
  },
  {
    type: 'it_passport',
    kind: 'id',
    pattern: code(String.raw`[A-Z]{2}\d{7}`),
    words: ['passaporto', 'passport'],
    alone: false,
  },
  {
    type: 'it_identity_card',
    kind: 'id',
    pattern: code(String.raw`[A-Z]{2} ?\d{7}|\d{7}[A-Z]{2}|[A-Z]{2}\d{5}[A-Z]{2}`),
    words: ["carta d'identità", 'carta identità', 'identità', 'identity card'],
    alone: false,
  },
  {
    type: 'pt_nif',
    kind: 'id',
    pattern: code(String.raw`\d{3}[ ]?\d{3}[ ]?\d{3}`),
    holds: (value) => holdsId('pt_nif', value),
    words: ['nif', 'contribuinte'],
    alone: false,
  },
  {
    type: 'pt_cc',
    kind: 'id',
    pattern: code(String.raw`\d{8}[ ]?\d[ ]?[A-Z0-9]{2}\d`),
    holds: (value) => holdsId('pt_cc', value),
    words: ['cartão de cidadão', 'cartao de cidadao', 'cidadão'],
    alone: false,
  },
  {
    type: 'fr_nir',
    kind: 'id',
    pattern: code(String.raw`[12][ ]?\d{2}[ ]?\d{2}[ ]?(?:\d{2}|2[AB])[ ]?\d{3}[ ]?\d{3}[ ]?\d{2}`),
    holds: (value) => holdsId('fr_nir', value),
    words: ['sécurité sociale', 'securite sociale', 'nir', 'insee'],
    alone: true,
  },
  {
    type: 'fr_siret',
    kind: 'code',
    pattern: code(String.raw`\d{3}[ ]?\d{3}[ ]?\d{3}(?:[ ]?\d{5})?`),
    holds: (value) => holdsId('fr_siret', value) || holdsId('fr_siren', value),
    words: ['siret', 'siren', 'rcs'],
    alone: false,
  },
  {
    type: 'fr_nif',
    kind: 'id',
    pattern: code(String.raw`[0-3]\d(?:[ ]?\d){11}`),
    holds: (value) => holdsId('fr_nif', value),
    words: ['numéro fiscal', 'numero fiscal'],
    alone: false,
  },
  {
    type: 'gr_amka',
    kind: 'id',
    pattern: code(String.raw`\d{11}`),
    holds: (value) => holdsId('gr_amka', value),
    words: ['amka', 'αμκα'],
    alone: false,
  },
  {
    type: 'gr_afm',
    kind: 'id',
    pattern: code(String.raw`\d{9}`),
    holds: (value) => holdsId('gr_vat', value),
    words: ['afm', 'αφμ'],
    alone: false,
  },
  {
    type: 'hr_oib',
    kind: 'id',
    pattern: code(String.raw`\d{11}`),
    holds: (value) => holdsId('hr_oib', value),
    words: ['oib'],
    alone: false,
  },
  {
    type: 'si_emso',
    kind: 'id',
    pattern: code(String.raw`\d{13}`),
    holds: (value) => holdsId('si_emso', value),
    words: ['emšo', 'emso', 'jmbg'],
    alone: false,
  },
  {
    type: 'mt_id',
    kind: 'id',
    pattern: code(String.raw`\d{3,7}[MGAPLHBZ]`),
    words: ['identity card', 'karta tal-identità', 'maltese id'],
    alone: false,
  },
];

const ODD = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];

// Decreto ministeriale 23/12/1976: odd places by a table, even places by their value. No birthday is asked for.
function holdsFiscalCode(value: string): boolean {
  const values = Array.from(value.toUpperCase(), (char) => {
    const number = Number.parseInt(char, 36);
    return number > 9 ? number - 10 : number;
  });
  const check = values.pop();
  const sum = values.reduce((total, number, i) => total + (i % 2 === 0 ? (ODD[number] ?? 0) : number), 0);
  return sum % 26 === check;
}
