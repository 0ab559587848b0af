import { findClosing } from './closing-words.ts';
import { isDeviceLine } from './device-line.ts';
import { findSignatureStart } from './find-signature-start.ts';
import type { LineKind } from './line-kind.ts';

/** RFC 3676 4.3; most programs lose the space. */
const SIGNATURE_DASHES = /^\s{0,3}(?:--|—|––) ?$/;
const RULE = /^\s{0,3}(?:[-_=*~#+—–]\s?){2,100}$/;
const MAX_SIGNATURE_LINES = 20;
const MAX_SIGNATURE_CHARS = 1500;

/** Marks within the own lines how they are signed: devices' lines, what is below `-- `, the closing at the end. */
export function markSignature(
  lines: readonly string[],
  kinds: readonly LineKind[],
  sender: string,
): LineKind[] {
  const marked = [...kinds];
  markDevices(lines, marked);
  const end = marked.lastIndexOf('own');
  const start =
    marked.findLastIndex((kind, i) => i < end && kind !== 'own' && kind !== 'blank' && kind !== 'signature') +
    1;
  const rule = findRule(lines, marked, start, end);
  if (rule !== undefined) set(marked, rule, end, 'signature');
  const below = (rule ?? end + 1) - 1;
  const first = findSignatureStart(lines.slice(start, below + 1), sender);
  if (first === undefined) return keepSome(marked, kinds);
  const from = start + first;
  const closing = lines.slice(from, below + 1).some((line) => findClosing(line) === 'farewell');
  set(marked, from, below, closing ? 'farewell' : 'thanks');
  return keepSome(marked, kinds);
}

// A mail that is all signature says what stands in it.
function keepSome(marked: LineKind[], kinds: readonly LineKind[]): LineKind[] {
  return marked.includes('own') ? marked : [...kinds];
}

function markDevices(lines: readonly string[], kinds: LineKind[]): void {
  for (const [i, kind] of kinds.entries()) {
    if (kind !== 'own' || !isDeviceLine(lines[i] ?? '')) continue;
    const apart = kinds[i - 1] !== 'own' || kinds[i + 1] !== 'own';
    if (apart) kinds[i] = 'signature';
  }
}

/** The first rule below which only a signature can stand: the dashes, or another line with short lines under it. */
function findRule(
  lines: readonly string[],
  kinds: readonly LineKind[],
  start: number,
  end: number,
): number | undefined {
  let first: number | undefined;
  let count = 0;
  let chars = 0;
  let prose = false;
  // Upwards, so that what stands below is known and each line is read once.
  for (let i = end; i >= start && count <= MAX_SIGNATURE_LINES && chars <= MAX_SIGNATURE_CHARS; i--) {
    const line = lines[i] ?? '';
    if (kinds[i] === 'own' && RULE.test(line) && (!prose || SIGNATURE_DASHES.test(line))) first = i;
    if (line.trim() === '') continue;
    count++;
    chars += line.length;
    prose ||= isProse(line);
  }
  return first;
}

function isProse(line: string): boolean {
  return line.length > 75 || /[.!?]["”)]?$/.test(line.trim());
}

function set(kinds: LineKind[], from: number, to: number, kind: LineKind): void {
  for (let i = from; i <= to; i++) if (kinds[i] === 'own') kinds[i] = kind;
}
