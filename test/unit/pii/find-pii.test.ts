import { expect, it } from 'vitest';
import { findPii } from '../../../src/mail/pii/find-pii.ts';

const found = (text: string): string[] =>
  findPii(text).map(({ kind, start, end }) => `${kind}:${text.slice(start, end)}`);

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
