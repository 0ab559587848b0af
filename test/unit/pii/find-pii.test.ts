import { expect, it } from 'vitest';
import { findPatterns } from '../../../src/mail/pii/find-patterns.ts';
import { findPii } from '../../../src/mail/pii/find-pii.ts';

const found = (text: string): string[] =>
  findPatterns(text)
    .filter(({ kind }) => kind !== 'date')
    .map(({ kind, start, end }) => `${kind}:${text.slice(start, end)}`);

it.each([
  ['Write to jane.doe+x@mail.example.com.', ['email:jane.doe+x@mail.example.com']],
  ['jörg@müller.example', ['email:jörg@müller.example']],
  ['Call +49 (30) 901820 or 0049 30 901821', ['phone:+49 (30) 901820', 'phone:0049 30 901821']],
  ['Tel.: 030 / 901 820', ['phone:030 / 901 820']],
  ['my number is (202) 555-0142.', ['phone:(202) 555-0142']],
  ['IBAN DE89 3704 0044 0532 0130 00 please', ['iban:DE89 3704 0044 0532 0130 00']],
  ['gb29NWBK60161331926819', ['iban:gb29NWBK60161331926819']],
  ['card 4111 1111 1111 1111 exp 12/29', ['card:4111 1111 1111 1111']],
  ['from 192.168.0.12, 2001:db8::8a2e:370:7334', ['ip:192.168.0.12', 'ip:2001:db8::8a2e:370:7334']],
])('finds what is in %j', (text, spans) => expect(found(text)).toEqual(spans));

it.each([
  'IBAN DE88 3704 0044 0532 0130 00',
  'card 4111 1111 1111 1112',
  'order 2026/1187, Bestellung 4711-0815-22',
  'on 2024-03-12 10:00 and 12.03.2024',
  'version 1.2.3.4 and 300.1.1.1',
  'at 10:30:59, a@b, @home',
  'ISBN 978-3-16-148410-0',
])('finds nothing in %j', (text) => expect(found(text)).toEqual([]));

it.each([
  ['My SSN is 536-22-1234.', 'us_ssn', '536-22-1234'],
  ['NRIC S1234567D', 'sg_nric_fin', 'S1234567D'],
  ['my SIN: 130 692 544', 'ca_sin', '130 692 544'],
  ['CPF 529.982.247-25', 'br_cpf', '529.982.247-25'],
  ['PESEL: 44051401359', 'pl_pesel', '44051401359'],
  ['DNI 12345678Z', 'es_nif', '12345678Z'],
  ['BSN 111222333', 'nl_bsn', '111222333'],
  ['USt-IdNr. DE136695976', 'de_vat_id', 'DE136695976'],
])('knows the number in %j by its check digits and its words', (text, type, value) => {
  const found = findPii(text).find((span) => span.type === type);
  expect(found && text.slice(found.start, found.end)).toBe(value);
});

it.each(['order 44051401359', 'ticket 111222333', 'invoice 130 692 544', 'PESEL: 44051401358'])(
  'takes no number for an identity that nothing announces or that does not hold: %j',
  (text) => expect(findPii(text).filter(({ kind }) => kind === 'id')).toEqual([]),
);

it('finds who and where in a letter, in several languages', () => {
  const kinds = (text: string) =>
    findPii(text).map(({ kind, start, end }) => `${kind}:${text.slice(start, end)}`);
  expect(kinds('Dear Mr. Miller,\nplease call me back.\nKind regards\nSusan Fisher')).toContain(
    'person:Susan Fisher',
  );
  expect(kinds('Guten Tag,\nich wohne in Hamburg.\nMit freundlichen Grüßen\nPeter Schneider')).toEqual(
    expect.arrayContaining(['location:Hamburg', 'person:Peter Schneider']),
  );
  expect(kinds('Je m’appelle Marie Dubois et j’habite à Lyon.')).toEqual(
    expect.arrayContaining(['person:Marie Dubois', 'location:Lyon']),
  );
});

it('stays linear on hostile texts', () => {
  const started = performance.now();
  for (const unit of ['1', '1-', 'A1', '@', '::', 'Ab ', '[', '0 0', 'a.']) findPii(unit.repeat(2_000));
  expect(performance.now() - started).toBeLessThan(20_000);
});
