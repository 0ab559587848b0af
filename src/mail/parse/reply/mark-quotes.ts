import { findAttribution } from './find-attribution.ts';
import { createHeaderCopyFinder } from './find-header-copy.ts';
import type { LineKind } from './line-kind.ts';
import { FORWARDED_MESSAGE, isSeparator } from './separator-words.ts';

/** Lines searched for what introduces a copy; further down only quote marks count. */
const MAX_SEARCHED = 20_000;
const QUOTED = /^\s{0,3}>(?!From )/;
const BARRED = /^\|/;
const RULE = /^[\s_*\-=#]{5,200}$/;

/**
 * The kind of each line as far as quotes go. Once a program's own line starts an unmarked copy, all below is history;
 * in a forward nothing is, and what is forwarded counts as said.
 */
export function markQuotes(lines: readonly string[], isForward: boolean): LineKind[] {
  const kinds: LineKind[] = [];
  const headers = createHeaderCopyFinder(lines);
  let barred = false;
  let own = false;
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] ?? '';
    if (i >= MAX_SEARCHED) kinds.push(QUOTED.test(line) ? 'quote' : line.trim() === '' ? 'blank' : 'own');
    else if (FORWARDED_MESSAGE.test(line.slice(0, 120))) return fill(lines, kinds, 'own');
    if (QUOTED.test(line) || (barred && BARRED.test(line))) kinds.push('quote');
    else if (line.trim() === '') kinds.push('blank');
    else if (own && !isForward && (isSeparator(line) || headers.startsAt(i))) return cut(lines, kinds);
    else {
      const introduction = findAttribution(lines, i);
      const next = introduction && nextText(lines, i + introduction.lines);
      const quoteFollows = next !== undefined && (QUOTED.test(next) || BARRED.test(next));
      if (introduction && quoteFollows) {
        barred = BARRED.test(next);
        for (let n = 0; n < introduction.lines; n++) kinds.push('introduction');
        i += introduction.lines - 1;
      } else if (introduction?.certain && own && !isForward) return cut(lines, kinds);
      else {
        kinds.push('own');
        own = true;
      }
    }
  }
  return kinds;
}

function nextText(lines: readonly string[], from: number): string | undefined {
  for (let i = from; i < Math.min(lines.length, from + 5); i++) if (lines[i]?.trim()) return lines[i];
  return undefined;
}

function fill(lines: readonly string[], kinds: readonly LineKind[], rest: LineKind): LineKind[] {
  return [...kinds, ...lines.slice(kinds.length).map((line) => (line.trim() === '' ? 'blank' : rest))];
}

// The rule above a copied header is part of it.
function cut(lines: readonly string[], kinds: readonly LineKind[]): LineKind[] {
  const kept = [...kinds];
  while (kept.length > 0 && (kept.at(-1) === 'blank' || RULE.test(lines[kept.length - 1] ?? ''))) kept.pop();
  return fill(lines, kept.includes('own') ? kept : kinds, 'history');
}
