import type { PiiKind } from '../../../src/domain/message.ts';
import { createFirms } from './invent-firm.ts';
import { makeSentence } from './make-sentences.ts';
import { MORE_TEMPLATES } from './more-templates.ts';
import type { Values } from './row-values.ts';
import { TEMPLATES } from './templates.ts';

export interface Example {
  readonly text: string;
  readonly spans: readonly { readonly kind: PiiKind; readonly start: number; readonly end: number }[];
}

export interface Lists {
  /** Lower case: words that are no names. */
  readonly common: readonly string[];
  /** Of these in English. */
  readonly english: readonly string[];
  readonly first: readonly string[];
  readonly last: readonly string[];
  readonly street: readonly string[];
  readonly city: readonly string[];
  readonly country: readonly string[];
  readonly cities: readonly (readonly [string, string, number])[];
}

export interface Row {
  readonly text: string;
  readonly template: string;
  readonly spans: readonly { readonly type: string; readonly start: number; readonly end: number }[];
}

export const KINDS: Readonly<Record<string, PiiKind>> = {
  PERSON: 'person',
  ADDRESS: 'address',
  STREET_ADDRESS: 'address',
  ZIP_CODE: 'address',
  LOCATION: 'location',
  GPE: 'location',
  ORGANIZATION: 'organization',
  DATE_TIME: 'date',
  AGE: 'age',
  TITLE: 'title',
  NRP: 'group',
};

const TITLES =
  'Mr.|Mrs.|Ms.|Miss|Dr.|Prof.|Mr|Mrs|Ms|Herr|Frau|Dr|Monsieur|Madame|M.|Mme|Señor|Señora|Sr.|Sra.|Signor|Signora|Dott.|Senhor|Senhora|Meneer|Mevrouw|CEO|Engineer|Sales Manager|nurse|accountant|Consultant|Head of Sales|teacher'.split(
    '|',
  );
const GROUPS =
  'German|French|Italian|Spanish|Dutch|Portuguese|British|American|Canadian|Brazilian|Polish|Turkish|Chinese|Japanese|Indian|Russian|Swedish|Danish|Norwegian|Finnish|Greek|Catholic|Muslim|Jewish|Christian|Democrat|Republican|Korean|Mexican|Irish|Scottish|Austrian|Swiss|Belgian|Czech|Hungarian|Ukrainian|Egyptian|Kenyan'.split(
    '|',
  );
const MONTHS =
  'January|February|March|April|June|July|August|September|October|November|December|Januar|März|Mai|Dezember|janvier|février|mai|août|enero|mayo|octubre|gennaio|maggio|ottobre|janeiro|maio|maart|mei|oktober'.split(
    '|',
  );
const DAYS =
  'Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Montag|Dienstag|Mittwoch|Donnerstag|Freitag|lundi|mardi|vendredi|lunes|viernes|lunedì|venerdì|segunda-feira|maandag|vrijdag'.split(
    '|',
  );
const AREAS =
  'hospital|school|library|kitchen|sales|tax|bank|insurance|railway|airport|laboratory|network|data|software|office|warehouse|customer service|hotel|bus|ship|dental|medical|legal|police|fire|wood|metal|paper|music|sports|art|history|plant|animal|food and beverage|shipping and receiving|public relations|human resources|construction|mining|textile|furniture|postal|court|research|security|quality|payroll|travel|wedding|radio|computer'.split(
    '|',
  );
const ROLES =
  'clerk|driver|nurse|assistant|technician|engineer|manager|operator|inspector|teacher|worker|supervisor|specialist|analyst|agent|officer|cleaner|cook|mechanic|guard|attendant|designer|planner|buyer|scientist|therapist|installer|repairer|representative|secretary|instructor|aide|administrator|controller|distributor|tester'.split(
    '|',
  );
const JOBS =
  'accountant|nurse|teacher|lawyer|carpenter|plumber|baker|farmer|judge|pilot|waiter|architect|librarian|soldier|dentist|surgeon|tailor|butcher|painter|actor|editor|economist|chemist|pharmacist|psychologist|sculptor|roofer|welder|translator|optician|barber|janitor|midwife|surveyor|geologist'.split(
    '|',
  );
const SYLLABLES =
  'ver|ta|nex|lo|mi|cor|sys|qua|net|bio|trans|ful|zen|or|bit|al|pha|do|ra|ven|tix|ium|ly|fy'.split('|');

export type Random = () => number;

/** Share of the names that come from labelled rows, where there are any. */
const FROM_ROWS = 0.3;

/** Makes up values of each kind from the lists, and takes some of them from labelled rows. */
export function createFiller(lists: Lists, random: Random, values?: Values): (kind: string) => string {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const number = (digits: number) => String(Math.floor(random() * 10 ** digits)).padStart(digits, '0');
  const small = () => String(1 + Math.floor(random() ** 3 * 9000));
  const city = () => {
    const name = random() < 0.3 ? pick(lists.city) : pick(lists.cities)[0];
    return random() < 0.08 ? name.toUpperCase() : name;
  };
  const zip = () => pick([number(5), number(4), `${number(3)} ${number(2)}`, `${number(5)}-${number(4)}`]);
  const last = () => pick(lists.last);
  const word = () => {
    const name = Array.from({ length: 2 + Math.floor(random() * 2) }, () => pick(SYLLABLES)).join('');
    return name[0]?.toUpperCase() + name.slice(1);
  };
  const capital = (text: string) => (text[0] ?? '').toUpperCase() + text.slice(1);
  const firm = createFirms(random, { last, city, english: lists.english });
  const job = () => {
    const area = random() < 0.2 ? `${pick(AREAS)} and ${pick(AREAS)}` : pick(AREAS);
    const name = random() < 0.3 ? pick(JOBS) : `${area} ${pick(ROLES)}`;
    return random() < 0.4 ? name : capital(name);
  };
  const person = () => {
    const first = pick(lists.first);
    const shape = random();
    if (shape < 0.75) return `${first} ${last()}`;
    if (shape < 0.83) return `${first} ${String.fromCharCode(65 + Math.floor(random() * 26))}. ${last()}`;
    if (shape < 0.88) return `${first} ${last()}-${last()}`;
    if (shape < 0.92) return `${first[0]}. ${last()}`;
    if (shape < 0.96)
      return `${first} ${pick(['de', 'van', 'von', 'da', 'della', 'van der', 'di', 'dos'])} ${last()}`;
    return `${first} ${pick(lists.first)} ${last()}`;
  };
  const road = () => {
    if (random() < 0.35) return pick(lists.street);
    const of = random() < 0.5 ? last() : city();
    return pick([
      `${of} ${pick(['Street', 'Road', 'Avenue', 'Lane', 'Drive', 'St.', 'Rd', 'Court', 'Way', 'Place', 'Close', 'Square', 'Boulevard'])}`,
      `${of}${pick(['straße', 'str.', 'weg', 'gasse', 'straat', 'laan', 'vägen', 'gatan', 'veien', 'vej', 'katu', 'allee', 'platz', 'gata'])}`,
      `${pick(['rue', 'avenue', 'boulevard', 'place', 'Rue', 'Avenue', 'Via', 'Viale', 'Piazza', 'Calle', 'C/', 'Avenida', 'Rua', 'Travessa', 'ul.', 'Plaza', 'Corso', 'Largo', 'al.'])} ${pick(['', 'de ', 'du ', 'della ', 'de la ', 'da ', ''])}${of}`,
      `${of} ${pick(['u.', 'utca', 'Caddesi', 'ulica', 'tér', 'gate', 'Sokak', 'út'])}`,
    ]);
  };
  const street = () => {
    const unit =
      random() < 0.3
        ? pick([
            ` Apt. ${number(3)}`,
            ` Suite ${number(3)}`,
            `, Apt ${small()}`,
            `\nApt. ${number(3)}`,
            ', 2nd floor',
            ' Top 4',
            ' P.O. Box 12',
            `\n Suite ${number(3)}`,
          ])
        : '';
    const shape = random();
    if (shape < 0.04) return `the corner of ${small()} ${road()} and ${road()}`;
    if (shape < 0.08) return `${random() < 0.5 ? pick(lists.first) : last()} and ${road()} ${small()}`;
    if (shape < 0.12) return military();
    const numbered = random() < 0.5 ? `${small()} ${road()}` : `${road()} ${small()}`;
    return `${random() < 0.15 ? `${small()} ${numbered}` : numbered}${unit}`;
  };
  /** Mail to forces abroad: a unit and a box, or a ship. */
  const military = () => {
    const where = pick([
      `Unit ${number(4)} Box ${number(4)}`,
      `PSC ${number(4)}, Box ${number(4)}`,
      `USS ${last()}`,
      `USNS ${last()}`,
    ]);
    return `${where}\n${pick(['APO', 'FPO', 'DPO'])} ${pick(['AA', 'AE', 'AP'])} ${number(5)}`;
  };
  const full = () =>
    pick([
      () => `${street()}, ${zip()} ${city()}`,
      () => `${street()}\n${zip()} ${city()}\n${pick(lists.country)}`,
      () => `${street()}\n ${city()}\n ${pick(lists.country)} ${zip()}`,
      () => `${street()}, ${city()}, ${pick(lists.country)}`,
      () => `${street()}, ${city()}, ${pick(['CA', 'TX', 'NY', 'WA', 'FL', 'IL', 'CO'])} ${zip()}`,
      () => `${street()}\n${city()}\n, ${pick(['CA', 'TX', 'NY', 'GU', 'LN'])}\n ${zip()}`,
    ])();
  const year = () => String(1930 + Math.floor(random() * 110));
  const date = () => {
    const day = String(1 + Math.floor(random() * 28));
    return pick([
      year(),
      pick(DAYS),
      `${pick(MONTHS)} ${year()}`,
      `${day} ${pick(MONTHS)} ${year()}`,
      `${pick(MONTHS)} ${day}`,
      `${day}. ${pick(MONTHS)}`,
    ]);
  };
  const fill: Record<string, () => string> = {
    person: person,
    first: () => pick(lists.first),
    last: last,
    street: street,
    full: full,
    city: city,
    country: () => pick(lists.country),
    org: firm,
    job,
    a: () => pick(['a', 'an', 'the', 'our']),
    date: date,
    age: () => String(1 + Math.floor(random() * 99)),
    title: () => (random() < 0.05 ? job() : pick(TITLES)),
    group: () => pick(GROUPS),
    zip: zip,
    phone: () =>
      pick([
        `+49 30 ${number(7)}`,
        `(212) ${number(3)}-${number(4)}`,
        `+44 20 ${number(4)} ${number(4)}`,
        `0${number(3)} ${number(6)}`,
      ]),
    mail: () => `${word().toLowerCase()}@${word().toLowerCase()}.com`,
    ref: () =>
      pick([
        number(6),
        `#${number(5)}`,
        `${word().slice(0, 2).toUpperCase()}-${number(6)}`,
        `2024/${number(4)}`,
      ]),
  };
  return (kind) => {
    const known = values?.[(kind === 'full' ? 'street' : kind) as keyof Values] ?? [];
    return known.length > 0 && random() < FROM_ROWS ? pick(known) : (fill[kind]?.() ?? '');
  };
}

const SLOTS: Readonly<Record<string, PiiKind>> = {
  person: 'person',
  first: 'person',
  last: 'person',
  street: 'address',
  full: 'address',
  zip: 'address',
  city: 'location',
  country: 'location',
  org: 'organization',
  date: 'date',
  age: 'age',
  title: 'title',
  job: 'title',
  group: 'group',
};

/** `count` sentences of each template of our own. */
export function fillTemplates(count: number, fill: (kind: string) => string): Example[] {
  return [...TEMPLATES, ...MORE_TEMPLATES].flatMap((template) =>
    Array.from({ length: count }, () => fillTemplate(template, fill)),
  );
}

/** `count` sentences that are put together at random. */
export function fillSentences(count: number, fill: (kind: string) => string, random: Random): Example[] {
  return Array.from({ length: count }, () => fillTemplate(makeSentence(random), fill));
}

function fillTemplate(template: string, fill: (kind: string) => string): Example {
  const spans: { kind: PiiKind; start: number; end: number }[] = [];
  let text = '';
  for (const part of template.split(/(\{[a-z]+\})/)) {
    const slot = /^\{([a-z]+)\}$/.exec(part)?.[1];
    const value = slot === undefined ? part : fill(slot);
    const kind = slot === undefined ? undefined : SLOTS[slot];
    if (kind !== undefined) spans.push({ kind, start: text.length, end: text.length + value.length });
    text += value;
  }
  return { text, spans };
}

/** A labelled row as it is, and `count` times with other names in the places of its names. */
export function varyRow(row: Row, count: number, fill: (kind: string) => string): Example[] {
  const sorted = [...row.spans].sort((a, b) => a.start - b.start);
  const whole = {
    text: row.text,
    spans: sorted.flatMap(({ type, start, end }) => toSpan(KINDS[type], start, end)),
  };
  if (whole.spans.length === 0) return [whole];
  return [whole, ...Array.from({ length: count }, () => refill(row.text, sorted, fill))];
}

function toSpan(kind: PiiKind | undefined, start: number, end: number): Example['spans'] {
  return kind === undefined ? [] : [{ kind, start, end }];
}

const REFILL: Readonly<Record<string, string>> = { LOCATION: 'city', GPE: 'city', ORGANIZATION: 'org' };

function refill(text: string, spans: Row['spans'], fill: (kind: string) => string): Example {
  const made: Example['spans'][number][] = [];
  let out = '';
  let last = 0;
  for (const { type, start, end } of spans) {
    const old = text.slice(start, end);
    let value = old;
    if (type === 'PERSON')
      value = old.includes(' ') ? fill('person') : fill(old.length % 2 ? 'first' : 'last');
    else if (REFILL[type] !== undefined) value = fill(REFILL[type] ?? '');
    else if (/ADDRESS$/.test(type) && old.length > 15) value = fill('full');
    if (value !== old && old === old.toLowerCase() && /\p{L}/u.test(old)) value = value.toLowerCase();
    out += text.slice(last, start);
    made.push(...toSpan(KINDS[type], out.length, out.length + value.length));
    out += value;
    last = end;
  }
  return { text: out + text.slice(last), spans: made };
}

/** The same sentence with other names of people in it. */
export function refillExample({ text, spans }: Example, fill: (kind: string) => string): Example {
  let out = '';
  let last = 0;
  const made = spans.map(({ kind, start, end }) => {
    const old = text.slice(start, end);
    const value = kind === 'person' ? fill(old.includes(' ') ? 'person' : 'first') : old;
    out += text.slice(last, start) + value;
    last = end;
    return { kind, start: out.length - value.length, end: out.length };
  });
  return { text: out + text.slice(last), spans: made };
}
