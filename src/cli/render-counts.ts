import { toPrintableLine } from '../to-printable.ts';
import { displayWidth, terminalWidth } from './terminal-width.ts';

const GAP = 4;

/** Names with their counts in as many columns as fit, read from top to bottom; the largest first unless ranked. */
export function renderCounts(
  counts: Readonly<Record<string, number>>,
  order: 'largest' | 'given' = 'largest',
  width: number = terminalWidth(),
): string {
  const entries = Object.entries(counts).map(([name, n]) => [toPrintableLine(name), n] as const);
  if (order === 'largest') entries.sort(([, a], [, b]) => b - a);
  if (entries.length === 0) return '';
  const digits = Math.max(...entries.map(([, n]) => String(n).length));
  const letters = Math.max(...entries.map(([name]) => displayWidth(name)));
  const cell = letters + 2 + digits;
  const columns = Math.max(1, Math.floor((width + GAP) / (cell + GAP)));
  const rows = Math.ceil(entries.length / columns);
  return Array.from({ length: rows }, (_none, row) =>
    entries
      .filter((_entry, index) => index % rows === row)
      .map(
        ([name, n]) => `${name}${' '.repeat(letters - displayWidth(name) + 2)}${String(n).padStart(digits)}`,
      )
      .join(' '.repeat(GAP)),
  ).join('\n');
}
