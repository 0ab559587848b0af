import { euVat, stdnum, type Validator } from 'stdnum';
import { isBitcoinAddress } from './crypto-address.ts';
import { digitsOf, passesLuhn } from './digit-checks.ts';
import { passesMod97 } from './mod-97.ts';
import { passesVerhoeff } from './verhoeff.ts';

type Check = (value: string) => boolean;

/** What the library has not, or holds narrower than its register does. */
const OWN: Readonly<Record<string, Check>> = {
  ad_nrt: (value) => /^[ACDEFGLOPU]\d{6}[A-Z]$/.test(compact(value)) && andorran(compact(value)),
  be_iban: (value) =>
    /^BE\d{14}(?:[A-Z]{6}[A-Z0-9]{2})?$/.test(compact(value)) && passesMod97(compact(value).slice(0, 16)),
  bic: (value) => /^[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?$/.test(compact(value)),
  bitcoin: (value) => isBitcoinAddress(value.trim()),
  do_ncf: (value) => /^(?:[AP]\d{18}|B(?:0[1-4]|1[1-7])\d{8}|E(?:3[1-4]|4[1-7])\d{10})$/.test(compact(value)),
  eu_vat: euVatHolds,
  iban: (value) => /^[A-Z]{2}\d\d[A-Z0-9]{11,30}$/.test(compact(value)) && passesMod97(compact(value)),
  lei: (value) => /^[A-Z0-9]{18}\d\d$/.test(compact(value)) && passesMod97(compact(value), 0),
  luhn: passesLuhn,
  mac: (value) => /^[0-9A-F]{12}$/i.test(value.replace(/[-:.]/g, '')),
  sg_nric: singaporean,
  sk_ico: (value) => holdsOf('CZ', 'ico')?.(value) ?? false,
  verhoeff: (value) => passesVerhoeff(digitsOf(value)),
  vatin: (value) => /^[A-Z]{2}/.test(compact(value)) && euVatHolds(value),
};

/** True when `kind` (`es_nif`, `eu_vat`) can be checked. */
export function knowsId(kind: string): boolean {
  return find(kind) !== undefined;
}

/** Whether a number is one of its kind: length, form and check digits. False for kinds that nobody can check. */
export function holdsId(kind: string, value: string): boolean {
  return value.length <= 64 && (find(kind)?.(value) ?? false);
}

function find(kind: string): Check | undefined {
  const own = Object.hasOwn(OWN, kind) ? OWN[kind] : undefined;
  const [country = '', ...rest] = kind.split('_');
  return own ?? holdsOf(country.toUpperCase(), rest.join('_'));
}

function holdsOf(country: string, name: string): Check | undefined {
  if (!Object.hasOwn(stdnum, country)) return undefined;
  const validator: Validator | undefined = stdnum[country]?.[name];
  return validator && ((value) => validator.validate(value).isValid);
}

function compact(value: string): string {
  return value.replace(/[\s.,/–-]/g, '').toUpperCase();
}

// F (a resident) stays below 699999, A and L (companies) lie between 700000 and 799999.
function andorran(value: string): boolean {
  const number = Number(value.slice(1, 7));
  if (value.startsWith('F')) return number <= 699_999;
  return !/^[AL]/.test(value) || (number >= 700_000 && number < 800_000);
}

function euVatHolds(value: string): boolean {
  const written = compact(value);
  const country = written.slice(0, 2).replace('EL', 'GR');
  // Belgian numbers had nine digits until 2005.
  const number = written.replace(/^BE(?=\d{9}$)/, 'BE0');
  const validators = Object.hasOwn(euVat, country) ? euVat[country] : undefined;
  return validators?.some((validator) => validator.validate(number).isValid) ?? false;
}

// NRIC and FIN: weights of the Immigration & Checkpoints Authority, one row of letters each series.
function singaporean(value: string): boolean {
  const [, series = '', number = '', check] = /^([STFGM])(\d{7})([A-Z])$/.exec(compact(value)) ?? [];
  const weights = [2, 7, 6, 5, 4, 3, 2];
  const offset = { S: 0, T: 4, F: 0, G: 4, M: 3 }[series] ?? 0;
  const sum = Array.from(number, Number).reduce(
    (total, digit, i) => total + digit * (weights[i] ?? 0),
    offset,
  );
  const letters = series === 'M' ? 'XWUTRQPNJLK' : /[ST]/.test(series) ? 'JZIHGFEDCBA' : 'XWUTRQPNMLK';
  return check !== undefined && letters[series === 'M' ? 10 - (sum % 11) : sum % 11] === check;
}
