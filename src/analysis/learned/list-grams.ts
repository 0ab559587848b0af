/** Longer text adds time and no insight. UTF-16 units. */
const BODY_CAP = 6000;
const SUBJECT_CAP = 500;
const LONGEST_GRAM = 5;
const LONGEST_WORD = 40;
const LONGEST_MARK = 3;
const SPACE = 32;

/** Raised when what a gram is changes: hashes of two formats do not mix, and what was stored is taught anew. */
export const GRAM_FORMAT = 2;

/** Where a gram was found. */
export const BLOCKS = ['word', 'part', 'subject', 'mark'] as const;

/** Told for every gram: a 32-bit hash, its block, and where it stands in the lower-cased text. */
export type Visit = (hash: number, block: number, text: string, start: number, end: number) => void;

/** What a model learns from and decides on. */
export interface LearnedText {
  readonly subject: string;
  readonly body: string;
}

/**
 * Word 1- and 2-grams of subject and body, character 2- to 5-grams within words, word 1- and 2-grams of the subject
 * once more (what a mail is about stands there), and marks: how it is asked ("?", "i", what it begins with) rather than
 * what about. Linear in the capped text.
 */
export function listGrams({ subject, body }: LearnedText, visit: Visit): void {
  const head = subject.slice(0, SUBJECT_CAP).toLowerCase();
  const text = `${head}\n${body.slice(0, BODY_CAP).toLowerCase()}`;
  listWords(text, 0, visit);
  listParts(text, visit);
  listWords(head, 2, visit);
  listMarks(text, visit);
}

function listWords(text: string, block: number, visit: Visit): void {
  let before = 0;
  let beforeAt = -1;
  for (const { 0: word, index } of text.matchAll(/[\p{L}\p{N}_]{2,}/gu)) {
    const end = index + Math.min(word.length, LONGEST_WORD);
    const hash = hashOf(text, index, end, seedOf(block));
    visit(hash, block, text, index, end);
    if (beforeAt >= 0) visit(pairOf(before, hash), block, text, beforeAt, end);
    before = hash;
    beforeAt = index;
  }
}

/** Signs and words of one letter, and pairs with one of them or with an end of the text. */
function listMarks(text: string, visit: Visit): void {
  let before = 0;
  let beforeAt = 0;
  let wasMark = true;
  for (const { 0: token, index } of text.matchAll(/[\p{L}\p{N}_]+|([^\s\p{L}\p{N}_])\1*/gu)) {
    const isMark = token.length === 1 || !/^[\p{L}\p{N}_]/u.test(token);
    const end = index + Math.min(token.length, isMark ? LONGEST_MARK : LONGEST_WORD);
    const hash = hashOf(text, index, end, seedOf(3));
    if (isMark) visit(hash, 3, text, index, end);
    if (isMark || wasMark) visit(pairOf(before, hash), 3, text, beforeAt, end);
    before = hash;
    beforeAt = index;
    wasMark = isMark;
  }
  visit(pairOf(before, 0), 3, text, beforeAt, text.length);
}

/** As `char_wb` of scikit-learn: grams do not cross white space, and a word's edges count as one space each. */
function listParts(text: string, visit: Visit): void {
  const seed = seedOf(1);
  for (let at = 0; at < text.length; ) {
    while (at < text.length && text.charCodeAt(at) <= SPACE) at += 1;
    let end = at;
    while (end < text.length && text.charCodeAt(end) > SPACE) end += 1;
    if (end > at) listPartsOf(text, at, end, seed, visit);
    at = end;
  }
}

function listPartsOf(text: string, from: number, to: number, seed: number, visit: Visit): void {
  for (let start = from - 1; start < to; start++) {
    let hash = seed;
    const last = Math.min(to, start + LONGEST_GRAM - 1);
    for (let at = start; at <= last; at++) {
      const code = at < from || at >= to ? SPACE : text.charCodeAt(at);
      hash = Math.imul(hash ^ code, 0x01000193);
      if (at > start) visit(mix(hash), 1, text, Math.max(from, start), Math.min(to, at + 1));
    }
  }
}

function seedOf(block: number): number {
  return Math.imul(0x811c9dc5, 2 * block + 1);
}

function pairOf(before: number, hash: number): number {
  return Math.imul(before ^ (hash >>> 3), 0x5bd1e995) ^ hash;
}

/** FNV-1a over UTF-16 units, mixed at the end: its low bits alone are weak. */
function hashOf(text: string, start: number, end: number, seed: number): number {
  let hash = seed;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return mix(hash);
}

function mix(hash: number): number {
  const folded = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return folded ^ (folded >>> 13);
}
