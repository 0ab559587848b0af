import { expect, it } from 'vitest';
import type { PiiSpan } from '../../../src/domain/message.ts';
import { FEATURES } from '../../../src/mail/pii/names/features.ts';
import { createGazetteer, fillGazetteer } from '../../../src/mail/pii/names/gazetteer.ts';
import { LABELS } from '../../../src/mail/pii/names/labels.ts';
import { packRows } from '../../../src/mail/pii/names/packed-rows.ts';
import { settleSpan } from '../../../src/mail/pii/names/settle-span.ts';
import { tagTokens } from '../../../src/mail/pii/names/tag-tokens.ts';

const listOf = (...words: string[]) => createGazetteer(fillGazetteer(new Set(words)));
const NONE = listOf();
/** First names, last names, cities, large cities, countries, streets, everyday words. */
const LISTS = [listOf('ada'), listOf('lind'), NONE, NONE, NONE, NONE, listOf('real', 'person', 'census')];

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
