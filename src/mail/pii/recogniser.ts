import type { PiiKind, PiiSpan } from '../../domain/message.ts';

/** One kind of number or code that identifies somebody or something of theirs. */
export interface Recogniser {
  /** Country and name of the document: `us_ssn`. */
  readonly type: string;
  readonly kind: PiiKind;
  /** Global, linear; see `code`. */
  readonly pattern: RegExp;
  /** Check digits and ranges of what the pattern matched. */
  readonly holds?: (value: string) => boolean;
  /** Lower-case words that announce it. */
  readonly words: readonly string[];
  /** Check digits that make the word before it needless, where the form alone does not. */
  readonly proves?: (value: string) => boolean;
  /** Its form, and `holds`, prove it without any such word before it. */
  readonly alone: boolean;
}

const CONTEXT_CHARS = 60;

/** A pattern of whole words, in any case. `source` holds bounded repetitions only. */
export function code(source: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${source})(?![\\p{L}\\p{N}])`, 'giu');
}

/** Everything of the form that passes its check, whatever the words around it. */
export function findEvery(recogniser: Recogniser, text: string): PiiSpan[] {
  const { type, kind, pattern, holds } = recogniser;
  const spans: PiiSpan[] = [];
  for (const match of text.matchAll(pattern)) {
    if (holds !== undefined && !holds(match[0])) continue;
    spans.push({ kind, type, start: match.index, end: match.index + match[0].length });
  }
  return spans;
}

/** What proves itself, or stands within 60 characters after a word that announces it. `lower` is `text` in lower case. */
export function findAnnounced(recogniser: Recogniser, text: string, lower: string): PiiSpan[] {
  const { words, alone, proves } = recogniser;
  if (alone) return findEvery(recogniser, text);
  if (proves === undefined && !words.some((word) => lower.includes(word))) return [];
  return findEvery(recogniser, text).filter(({ start, end }) => {
    if (proves?.(text.slice(start, end))) return true;
    const before = lower.slice(Math.max(0, start - CONTEXT_CHARS), start);
    return words.some((word) => hasWord(before, word));
  });
}

function hasWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const edge = /[\p{L}\p{N}]/u;
    if (!edge.test(text[at - 1] ?? ' ') && (word.length > 4 || !edge.test(text[at + word.length] ?? ' ')))
      return true;
  }
  return false;
}
