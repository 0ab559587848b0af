import { expect, test } from 'vitest';
import { renderCounts } from '../../../src/cli/render-counts.ts';
import { renderTable } from '../../../src/cli/render-table.ts';
import { displayWidth } from '../../../src/cli/terminal-width.ts';

test('cuts the last column first, and never the one that a person copies', () => {
  const id = 'a'.repeat(30);
  const lines = renderTable(['id', 'name', 'text'], [[id, 'short', 'word '.repeat(40)]], {
    whole: 0,
    width: 70,
  }).split('\n');
  expect(lines[1]).toMatch(/^a{30} {2}short {2}word .*…$/);
  expect(lines.map(displayWidth).every((width) => width <= 70)).toBe(true);
});

test('keeps a table within the width however many long columns it has', () => {
  const long = 'x'.repeat(80);
  const table = renderTable(['a', 'b', 'c', 'd'], [[long, long, long, long]], { width: 80 });
  for (const line of table.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(80);
});

test('aligns wide letters', () => {
  const [, first = '', second = ''] = renderTable(
    ['from', 'n'],
    [
      ['日本語', 1],
      ['ab', 2],
    ],
  ).split('\n');
  expect(displayWidth(first)).toBe(displayWidth(second));
});

test('takes from a cell what a terminal would obey', () => {
  expect(renderTable(['a'], [['x\x1b[31m\u202ey\nz']])).toBe('a\nx [31m y z');
});

test('puts counts into columns, the largest first, top to bottom', () => {
  expect(renderCounts({ one: 1, three: 3, two: 2 }, 'largest', 24)).toBe('three  3    one    1\ntwo    2');
  expect(renderCounts({ URGENT: 0, HIGH: 12 }, 'given', 80)).toBe('URGENT   0    HIGH    12');
  expect(renderCounts({})).toBe('');
});
