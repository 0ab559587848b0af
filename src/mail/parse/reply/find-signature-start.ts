import { findClosing } from './closing-words.ts';
import { scoreSignatureLine } from './score-signature-line.ts';

const MAX_LINES = 24;
const MAX_SIGNED = 12;
/** Below it the end of a text is no signature: one person's name alone reaches it, a short last sentence does not. */
const MIN_SCORE = 1.5;

/** Where the closing of a letter starts among its lines: the end with the highest sum of line scores. */
export function findSignatureStart(lines: readonly string[], sender: string): number | undefined {
  const names = toNames(sender);
  let best: { start: number; score: number } | undefined;
  let sum = 0;
  let signed = 0;
  for (let i = lines.length - 1; i >= Math.max(0, lines.length - MAX_LINES) && signed < MAX_SIGNED; i--) {
    const line = lines[i] ?? '';
    if (line.trim() === '') continue;
    signed++;
    sum += scoreSignatureLine(line, names, { last: signed === 1, apart: !lines[i - 1]?.trim() });
    const bar = best?.score ?? MIN_SCORE;
    if (sum >= bar && (hasText(lines, i) || findClosing(line) !== undefined)) best = { start: i, score: sum };
    if (sum < -4) break;
  }
  return best?.start;
}

// A mail of a name alone says that name.
function hasText(lines: readonly string[], before: number): boolean {
  return lines.slice(0, before).some((line) => line.trim() !== '');
}

/** Words of the display name and of the address, three letters or more. */
function toNames(sender: string): ReadonlySet<string> {
  const words =
    sender
      .slice(0, 200)
      .toLowerCase()
      .match(/[\p{L}]{3,30}/gu) ?? [];
  return new Set(words.filter((word) => !/^(?:com|org|net|mailto|www)$/.test(word)));
}
