import { expect, it } from 'vitest';
import type { PiiSpan } from '../../../src/domain/message.ts';
import { FEATURES } from '../../../src/mail/pii/names/features.ts';
import { createGazetteer, fillGazetteer } from '../../../src/mail/pii/names/gazetteer.ts';
import { joinTitles } from '../../../src/mail/pii/names/join-titles.ts';
import { labelListed } from '../../../src/mail/pii/names/label-listed.ts';
import { LABELS } from '../../../src/mail/pii/names/labels.ts';
import { packRows } from '../../../src/mail/pii/names/packed-rows.ts';
import { settleLines } from '../../../src/mail/pii/names/settle-lines.ts';
import { settleSpan } from '../../../src/mail/pii/names/settle-span.ts';
import { tagTokens } from '../../../src/mail/pii/names/tag-tokens.ts';
import { toTokens } from '../../../src/mail/pii/names/tokens.ts';

const listOf = (...words: string[]) => createGazetteer(fillGazetteer(new Set(words)));
const NONE = listOf();
/** First names, last names, cities, large cities, countries, streets, everyday words. */
const LISTS = [
  listOf('ada'),
  listOf('lind'),
  NONE,
  NONE,
  listOf('czech', 'republic'),
  NONE,
  listOf('real', 'person', 'census', 'wrote', 'guardian'),
];

const settle = (text: string, value: string, kind: PiiSpan['kind'], hasCapitals = true) => {
  const start = text.indexOf(value);
  return settleSpan({ kind, start, end: start + value.length }, text, LISTS, hasCapitals)?.kind;
};

it.each([
  ['We stayed for breakfast.', 'breakfast', 'location', undefined],
  ['I met ada there, Sir.', 'ada', 'person', 'person'],
  ['CAN I SPEAK TO A REAL PERSON?', 'REAL PERSON', 'organization', undefined],
  ['Ada Lind wrote to us.', 'Ada Lind', 'organization', 'person'],
  ['Ada Census wrote to us.', 'Ada Census', 'organization', 'organization'],
  ['We flew to Larnaka.', 'Larnaka', 'group', 'location'],
  ['We left Czech Republic.', 'Czech Republic', 'organization', 'location'],
  ['The songs of the 1990s', '1990', 'date', undefined],
  ['Bjert 6091 is far', '6091', 'date', 'address'],
  ['It happened in 1991.', '1991', 'date', 'date'],
  ['We need him as guardian', 'guardian', 'group', undefined],
  ['The Eustachy concert', 'Eustachy', 'title', 'person'],
  ['Dear Mrs. Lind', 'Mrs.', 'title', 'title'],
  ['Geben Sie uns diese Suite', 'diese Suite', 'person', undefined],
  ['Haben Sie Zeit?', 'Sie', 'person', undefined],
  ['Ich sah dort Ada', 'dort Ada', 'person', 'person'],
  ['Ich sah von Quexo', 'von Quexo', 'person', 'person'],
  ['My Brazilian friend', 'Brazilian', 'group', 'group'],
] as const)('in "%s" the lists make "%s", taken for %s, %s', (text, value, kind, expected) => {
  expect(settle(text, value, kind)).toBe(expected);
});

it('where nothing has a capital, small words may be names', () => {
  expect(settle('i live in uummannaq', 'uummannaq', 'location', false)).toBe('location');
});

it('packed weights choose the labels that plain ones do', () => {
  const buckets = 64;
  const weights = Int8Array.from({ length: buckets * LABELS }, (_, i) => ((i * 7919) % 255) - 127);
  const features = Int32Array.from({ length: 40 * FEATURES }, (_, i) => Math.imul(i, 0x9e3779b1));
  const labels = tagTokens(features, { weights, buckets });
  expect(tagTokens(features, { weights, packed: packRows(weights), buckets })).toEqual(labels);
  expect(new Set(labels).size).toBeGreaterThan(3);
});

it('leaves out the small everyday words at the end of a name', () => {
  const text = 'Then Zora Lind wrote to us.';
  expect(settleSpan({ kind: 'person', start: 5, end: 20 }, text, LISTS, true)).toEqual({
    kind: 'person',
    start: 5,
    end: 14,
  });
});

const spanOf = (text: string, value: string, kind: PiiSpan['kind']): PiiSpan => {
  const start = text.indexOf(value);
  return { kind, start, end: start + value.length };
};
const read = (text: string, spans: readonly PiiSpan[]) =>
  spans.map(({ kind, start, end }) => [kind, text.slice(start, end)]);

it('takes the line between a name and a street for a firm', () => {
  const text = '> Ada Lind\n> Quexo\n> 65 Alt Reinick\n> Zell';
  const spans = [
    spanOf(text, 'Ada Lind', 'person'),
    spanOf(text, 'Quexo', 'location'),
    spanOf(text, '65 Alt Reinick', 'address'),
  ];
  expect(read(text, settleLines(spans, text, LISTS))[1]).toEqual(['organization', 'Quexo']);
  const joined = 'Quexo\n65 Alt Reinick\nZell';
  expect(read(joined, settleLines([spanOf(joined, joined, 'address')], joined, LISTS))).toEqual([
    ['organization', 'Quexo'],
    ['address', '65 Alt Reinick\nZell'],
  ]);
  const street = 'Hauptplatz\n12345 Zell';
  expect(settleLines([spanOf(street, street, 'address')], street, LISTS)).toHaveLength(1);
});

it('joins a title and a whole name, and leaves one before a last name', () => {
  const text = 'Dr. Ada Lind MD met Mrs. Lind.';
  const spans = [
    spanOf(text, 'Dr.', 'title'),
    spanOf(text, 'Ada Lind', 'person'),
    spanOf(text, 'MD', 'title'),
    spanOf(text, 'Mrs.', 'title'),
    { kind: 'person' as const, start: 25, end: 29 },
  ];
  expect(read(text, joinTitles(spans, text))).toEqual([
    ['person', 'Dr. Ada Lind MD'],
    ['title', 'Mrs.'],
    ['person', 'Lind'],
  ]);
});

it('labels a listed first name that the model passed over, with the strange word after it', () => {
  const tokens = toTokens('Why is Ada Quexo here, and Real Person not?');
  const labels = new Uint8Array(tokens.length);
  labelListed(tokens, labels, new Uint8Array(tokens.length), LISTS);
  expect(Array.from(labels.slice(0, 5))).toEqual([0, 0, 1, 2, 0]);
  expect(Array.from(labels.slice(5)).every((label) => label === 0)).toBe(true);
});
