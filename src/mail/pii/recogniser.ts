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
/** No pattern has more letters before its first digit. */
const MAX_LETTERS_BEFORE = 100;

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

/** A text to be searched by many recognisers. */
export interface SearchedText {
  readonly text: string;
  readonly lower: string;
  /** What stands before digits, in lower case: nowhere else can a word announce anything. */
  readonly announcing: string;
}

export function toSearchedText(text: string): SearchedText {
  const lower = text.toLowerCase();
  const pieces: string[] = [];
  let done = 0;
  for (const { 0: digits, index } of lower.matchAll(/\d{1,40}/g)) {
    const end = index + digits.length;
    pieces.push(lower.slice(Math.max(done, index - CONTEXT_CHARS - MAX_LETTERS_BEFORE), end));
    done = end;
  }
  return { text, lower, announcing: pieces.join('') };
}

/** What proves itself, or stands within 60 characters after a word that announces it. */
export function findAnnounced(recogniser: Recogniser, searched: SearchedText): PiiSpan[] {
  const { text, lower, announcing } = searched;
  const { words, alone, proves } = recogniser;
  if (alone) return findEvery(recogniser, text);
  if (proves === undefined && !words.some((word) => announcing.includes(word))) return [];
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
