import { endsSentence } from './ends-sentence.ts';
import type { Sentence } from './sentence.ts';

/** A line this long was probably wrapped by the sender's program, so the sentence goes on below. Characters. */
const WRAPPED_LINE = 50;
/** What others wrote: shown to classify answers between the lines, never told as this message's own words. */
const QUOTED_LINE = /^\s*>/;
const BULLET = /^\s*(?:[-*•–·]|\d{1,2}[.)])\s+/;
const MOST_SENTENCES = 400;

/** Splits a letter into sentences up to `limit` (UTF-16): at marks, blank lines, bullets and short lines. */
export function splitSentences(text: string, limit: number): Sentence[] {
  const sentences: Sentence[] = [];
  let start = 0;
  for (let index = 0; index < limit && sentences.length < MOST_SENTENCES; index++) {
    const char = text.charCodeAt(index);
    const isBreak = char === 10 && endsLine(text, index, limit);
    const isMark =
      (char === 46 || char === 33 || char === 63 || char === 0x2026) && endsSentence(text, index);
    if (!isBreak && !isMark) continue;
    const end = index + 1 + (isMark ? closers(text, index + 1) : 0);
    push(text, start, end, sentences);
    start = end;
    index = end - 1;
  }
  push(text, start, Math.min(limit, text.length), sentences);
  return sentences;
}

/** Quotes and brackets that close with the sentence. */
function closers(text: string, from: number): number {
  return /^["'”’»)\]]{0,3}/.exec(text.slice(from, from + 3))?.[0].length ?? 0;
}

function endsLine(text: string, newline: number, limit: number): boolean {
  const lineStart = text.lastIndexOf('\n', newline - 1) + 1;
  const next = text.slice(newline + 1, Math.min(limit, newline + 80));
  const nextLine = next.slice(0, next.indexOf('\n') === -1 ? undefined : next.indexOf('\n'));
  if (nextLine.trim() === '' || BULLET.test(nextLine) || QUOTED_LINE.test(nextLine)) return true;
  if (text[lineStart] === '>') return true;
  return newline - lineStart < WRAPPED_LINE;
}

function push(text: string, start: number, end: number, sentences: Sentence[]): void {
  const raw = text.slice(start, end);
  if (QUOTED_LINE.test(raw)) return;
  const joined = raw.replace(BULLET, '').replace(/\s+/g, ' ').trim();
  if (/[\p{L}\p{N}]/u.test(joined)) sentences.push({ text: joined, start, end });
}
