import { findAttribution } from './find-attribution.ts';
import { isHeaderCopy } from './find-header-copy.ts';
import { ANSWERS_WITHIN, FORWARD_SUBJECT, FORWARDED_MESSAGE, ORIGINAL_MESSAGE } from './quote-words.ts';

/** A text without quoted history. `visibleText` is never empty when the text is not. */
export interface QuoteView {
  readonly visibleText: string;
  /** Own words stand between quoted lines. */
  readonly inlineAnswers: boolean;
}

type LineKind = 'own' | 'blank' | 'quote' | 'introduction';

const QUOTED = /^\s{0,3}>(?!From )/;
const BARRED = /^\|/;
const RULE = /^[\s_*-]{5,200}$/;
// Zendesk, Freshdesk and others: all below is history.
const REPLY_ABOVE = /^\s{0,3}(?:#{2,3}|[-=]{2,3})\s?-?\s?.{3,100}-?\s?(?:#{2,3}|[-=]{2,3})\s*$/;
const REPLY_ABOVE_WORDS =
  /above this line|oberhalb dieser|au-dessus de cette|encima de esta|sopra questa|acima desta/i;

/** Strips quoted history as a view; the person's own lines above, below and between quotes stay, in order. */
export function viewWithoutQuotes(text: string, subject: string): QuoteView {
  const lines = text.split('\n');
  const kinds = markLines(lines, FORWARD_SUBJECT.test(subject));
  const own = kinds.some((kind) => kind === 'own');
  if (!own) return { visibleText: text.trim(), inlineAnswers: false };
  const visibleText = joinOwn(lines, kinds);
  const isCut = kinds.length < lines.length;
  // Answers within an unmarked copy cannot be told from it: better all of it than half of what was said.
  if (isCut && ANSWERS_WITHIN.test(visibleText)) return { visibleText: text.trim(), inlineAnswers: true };
  return { visibleText, inlineAnswers: hasAnswersBetween(kinds) };
}

/** The kind of each line; shorter than `lines` when all from there on is history. */
function markLines(lines: readonly string[], isForward: boolean): LineKind[] {
  const kinds: LineKind[] = [];
  let barred = false;
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] ?? '';
    if (FORWARDED_MESSAGE.test(line.slice(0, 120)))
      return [...kinds, ...lines.slice(i).map(() => 'own' as const)];
    if (QUOTED.test(line) || (barred && BARRED.test(line))) kinds.push('quote');
    else if (line.trim() === '') kinds.push('blank');
    else if (!isForward && kinds.includes('own') && startsHistory(lines, i)) return dropRules(lines, kinds);
    else {
      const introduction = findAttribution(lines, i);
      const next = introduction && nextText(lines, i + introduction.lines);
      const quoteFollows = next !== undefined && (QUOTED.test(next) || BARRED.test(next));
      if (introduction && quoteFollows) {
        barred = BARRED.test(next);
        for (let n = 0; n < introduction.lines; n++) kinds.push('introduction');
        i += introduction.lines - 1;
      } else if (introduction?.certain && kinds.includes('own') && !isForward) return dropRules(lines, kinds);
      else kinds.push('own');
    }
  }
  return kinds;
}

function startsHistory(lines: readonly string[], index: number): boolean {
  const line = lines[index] ?? '';
  if (line.length <= 200 && (ORIGINAL_MESSAGE.test(line) || isReplyAbove(line))) return true;
  return isHeaderCopy(lines, index);
}

function isReplyAbove(line: string): boolean {
  return REPLY_ABOVE.test(line) && REPLY_ABOVE_WORDS.test(line);
}

function nextText(lines: readonly string[], from: number): string | undefined {
  for (let i = from; i < Math.min(lines.length, from + 5); i++) if (lines[i]?.trim()) return lines[i];
  return undefined;
}

// The rule above a copied header is part of it.
function dropRules(lines: readonly string[], kinds: LineKind[]): LineKind[] {
  const kept = [...kinds];
  while (kept.length > 0 && (kept.at(-1) === 'blank' || RULE.test(lines[kept.length - 1] ?? ''))) kept.pop();
  return kept.includes('own') ? kept : kinds;
}

function joinOwn(lines: readonly string[], kinds: readonly LineKind[]): string {
  const out: string[] = [];
  let removed = false;
  for (let i = 0; i < kinds.length; i++) {
    const kind = kinds[i];
    if (kind === 'quote' || kind === 'introduction') removed = true;
    else if (kind === 'own') {
      if (removed && out.at(-1)?.trim()) out.push('');
      out.push(lines[i] ?? '');
      removed = false;
    } else if (!removed) out.push(lines[i] ?? '');
  }
  while (out[0]?.trim() === '') out.shift();
  return out.join('\n').trimEnd();
}

function hasAnswersBetween(kinds: readonly LineKind[]): boolean {
  const first = kinds.indexOf('quote');
  const last = kinds.lastIndexOf('quote');
  return first >= 0 && kinds.slice(first, last).includes('own');
}
