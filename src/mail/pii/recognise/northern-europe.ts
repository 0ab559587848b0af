import { passesLuhn } from '../check/digit-checks.ts';
import { holdsId } from '../check/holds-id.ts';
import { code, type Recogniser } from '../recogniser.ts';

/** The Nordic and Baltic states, Benelux, Austria, Switzerland, central and eastern Europe. */
export const NORTHERN_EUROPE: readonly Recogniser[] = [
  {
    type: 'fi_personal_identity_code',
    kind: 'id',
    pattern: code(String.raw`\d{6}[+\-A-FU-Y]\d{3}[0-9A-Y]`),
    holds: (value) => holdsId('fi_hetu', value) || holdsHetu(value),
    words: ['hetu', 'henkilötunnus'],
    alone: true,
  },
  {
    type: 'se_personnummer',
    kind: 'id',
    pattern: code(String.raw`(?:19|20)?\d{6}[+-]?\d{4}`),
    holds: holdsPersonnummer,
    words: ['personnummer', 'personnr', 'pnr'],
    alone: false,
  },
  {
    type: 'se_organisationsnummer',
    kind: 'code',
    pattern: code(String.raw`\d{6}-?\d{4}`),
    holds: (value) => holdsId('se_orgnr', value),
    words: ['organisationsnummer', 'orgnummer', 'org.nr', 'orgnr'],
    alone: false,
  },
  {
    type: 'no_fodselsnummer',
    kind: 'id',
    pattern: code(String.raw`\d{6}[ ]?\d{5}`),
    holds: (value) => holdsId('no_fodselsnummer', value),
    words: ['fødselsnummer', 'fodselsnummer', 'personnummer', 'fnr'],
    alone: false,
  },
  {
    type: 'dk_cpr',
    kind: 'id',
    pattern: code(String.raw`(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d{2}-?\d{4}`),
    holds: (value) => holdsId('dk_cpr', value),
    words: ['cpr', 'personnummer'],
    alone: false,
  },
  {
    type: 'is_kennitala',
    kind: 'id',
    pattern: code(String.raw`\d{6}-?\d{4}`),
    holds: (value) => holdsId('is_kennitala', value),
    words: ['kennitala', 'kt'],
    alone: false,
  },
  {
    type: 'ee_ik',
    kind: 'id',
    pattern: code(String.raw`[1-8]\d{10}`),
    holds: (value) => holdsId('ee_ik', value),
    words: ['isikukood'],
    alone: false,
  },
  {
    type: 'lt_asmens',
    kind: 'id',
    pattern: code(String.raw`[1-8]\d{10}`),
    holds: (value) => holdsId('lt_asmens', value),
    words: ['asmens kodas'],
    alone: false,
  },
  {
    type: 'lv_pk',
    kind: 'id',
    pattern: code(String.raw`\d{6}-?\d{5}`),
    holds: (value) => holdsId('lv_pvn', value),
    words: ['personas kods'],
    alone: false,
  },
  {
    type: 'nl_bsn',
    kind: 'id',
    pattern: code(String.raw`\d{4}[. ]?\d{2}[. ]?\d{3}`),
    holds: (value) => holdsId('nl_bsn', value),
    words: ['bsn', 'burgerservicenummer', 'sofinummer'],
    alone: false,
  },
  {
    type: 'be_nn',
    kind: 'id',
    pattern: code(String.raw`\d{2}[.]?\d{2}[.]?\d{2}[ -]?\d{3}[. ]?\d{2}`),
    holds: (value) => holdsId('be_nn', value),
    words: ['rijksregisternummer', 'registre national', 'rijksregister', 'insz', 'niss'],
    alone: false,
  },
  {
    type: 'lu_id',
    kind: 'id',
    pattern: code(String.raw`(?:19|20)\d{11}`),
    words: ['matricule', 'luxembourg id'],
    alone: false,
  },
  {
    type: 'at_vnr',
    kind: 'id',
    pattern: code(String.raw`\d{4}[ ]?\d{6}`),
    holds: (value) => holdsId('at_vnr', value),
    words: ['sozialversicherung', 'svnr', 'sv-nr', 'versicherungsnummer'],
    alone: false,
  },
  {
    type: 'ch_ssn',
    kind: 'id',
    pattern: code(String.raw`756[.]?\d{4}[.]?\d{4}[.]?\d{2}`),
    holds: (value) => holdsId('ch_ssn', value),
    words: ['ahv', 'avs', 'sozialversicherung'],
    alone: true,
  },
  {
    type: 'pl_pesel',
    kind: 'id',
    pattern: code(String.raw`\d{11}`),
    holds: (value) => holdsId('pl_pesel', value),
    words: ['pesel'],
    alone: false,
  },
  {
    type: 'pl_nip',
    kind: 'code',
    pattern: code(String.raw`\d{3}-?\d{3}-?\d{2}-?\d{2}`),
    holds: (value) => holdsId('pl_nip', value),
    words: ['nip'],
    alone: false,
  },
  {
    type: 'cz_rc',
    kind: 'id',
    pattern: code(String.raw`\d{6}/?\d{3,4}`),
    holds: (value) => holdsId('cz_rc', value),
    words: ['rodné číslo', 'rodne cislo', 'rodné'],
    alone: false,
  },
  {
    type: 'hu_id',
    kind: 'id',
    pattern: code(String.raw`[1-8][ -]?\d{6}[ -]?\d{4}`),
    words: ['személyi azonosító', 'személyi szám'],
    alone: false,
  },
  {
    type: 'ro_cnp',
    kind: 'id',
    pattern: code(String.raw`[1-9]\d{12}`),
    holds: (value) => holdsId('ro_cnp', value),
    words: ['cnp', 'cod numeric'],
    alone: false,
  },
  {
    type: 'bg_egn',
    kind: 'id',
    pattern: code(String.raw`\d{10}`),
    holds: (value) => holdsId('bg_egn', value),
    words: ['egn', 'егн'],
    alone: false,
  },
  {
    type: 'cy_tic',
    kind: 'id',
    pattern: code(String.raw`[0-9]\d{7}[A-Z]`),
    holds: (value) => holdsId('cy_vat', value),
    words: ['tic', 'cyprus'],
    alone: false,
  },
  {
    type: 'eu_vat',
    kind: 'code',
    pattern: code(String.raw`(?:ATU|[A-Z]{2})[ .]?[0-9A-Z][ .]?\d{2}[0-9. ]{5,12}[0-9A-Z]{0,2}`),
    holds: (value) => holdsId('eu_vat', value),
    words: ['vat', 'tva', 'iva', 'btw', 'ust', 'moms', 'nip', 'mwst', 'uid'],
    alone: false,
  },
];

// Since 2023 the sign of a century has several letters (2010: U to Y, 2000: B to F).
function holdsHetu(value: string): boolean {
  const century = /[B-F]/i.test(value[6] ?? '') ? 'A' : '-';
  return holdsId('fi_hetu', `${value.slice(0, 6)}${century}${value.slice(7)}`);
}

// Luhn over the last ten digits; the day has 60 added in a coordination number.
function holdsPersonnummer(value: string): boolean {
  const digits = value.replace(/\D/g, '').slice(-10);
  const [month, day] = [Number(digits.slice(2, 4)), Number(digits.slice(4, 6)) % 60];
  return month >= 1 && month <= 12 && day >= 1 && day <= 31 && passesLuhn(digits);
}
