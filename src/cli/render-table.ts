import Table from 'cli-table3';
import { toPrintableLine } from '../to-printable.ts';
import { displayWidth, terminalWidth } from './terminal-width.ts';

export interface TableOptions {
  /** Index of a column that is never cut: an id that a person copies. */
  readonly whole?: number;
  readonly width?: number;
}

const GAP = 2;
/** Columns are cut to so much at worst. */
const NARROWEST = 12;
const LAST_NARROWEST = 24;

/** A plain table as wide as the terminal at most: texts are cut, and a stranger's text cannot steer the terminal. */
export function renderTable(
  head: readonly string[],
  rows: readonly (readonly (string | number)[])[],
  { whole, width = terminalWidth() }: TableOptions = {},
): string {
  const cells = rows.map((row) => row.map((cell) => toPrintableLine(String(cell))));
  const table = new Table({
    head: [...head],
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
    chars: PLAIN,
    colWidths: fitColumns([[...head], ...cells], whole, width),
  });
  table.push(...cells);
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

function fitColumns(lines: readonly string[][], whole: number | undefined, width: number): number[] {
  const last = (lines[0]?.length ?? 1) - 1;
  const natural = (lines[0] ?? []).map((_head, index) =>
    Math.max(...lines.map((line) => displayWidth(line[index] ?? '')), 1),
  );
  const fair = Math.floor((0.9 * width) / natural.length);
  const shrink = (before: readonly number[], others: number, ofLast: number) =>
    takeFromWidest(
      before,
      natural.map((most, index) =>
        index === whole ? most : Math.min(most, index === last ? ofLast : others),
      ),
      width - GAP * last,
    );
  // Columns wider than their share give first, then the last one, which holds the longest text, then all.
  const shared = shrink(natural, fair, Number.POSITIVE_INFINITY);
  return shrink(shrink(shared, fair, LAST_NARROWEST), NARROWEST, LAST_NARROWEST);
}

function takeFromWidest(before: readonly number[], least: readonly number[], room: number): number[] {
  const widths = [...before];
  const spare = (index: number) => (widths[index] ?? 0) - (least[index] ?? 0);
  for (let over = sum(widths) - room; over > 0; over -= 1) {
    const able = [...widths.keys()].filter((index) => spare(index) > 0);
    const widest = able.sort((a, b) => (widths[b] ?? 0) - (widths[a] ?? 0))[0];
    if (widest === undefined) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

const PLAIN = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: ' '.repeat(GAP),
};
