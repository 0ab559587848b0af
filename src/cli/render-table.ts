import Table from 'cli-table3';

/** A plain table; control characters of mail never reach the terminal. */
export function renderTable(
  head: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): string {
  const table = new Table({ head: [...head], style: { head: [], border: [] }, chars: PLAIN });
  table.push(...rows.map((row) => row.map((cell) => toCell(String(cell)))));
  return table.toString();
}

export function toCell(text: string, width = 60): string {
  const clean = text.replace(/[\p{Cc}\p{Cf}]+/gu, ' ').trim();
  const letters = [...clean];
  return letters.length <= width ? clean : `${letters.slice(0, width - 1).join('')}…`;
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
  middle: '  ',
};
