import { foldCode, foldTail, IGNORED, SEPARATOR } from './fold-code.ts';
import type { LetterNode, Lexicon, Phrase } from './lexicon.ts';

export interface Hit {
  readonly phrase: Phrase;
  /** The number of its first word in the text, from 0. */
  readonly word: number;
}

/** One pass over a text. Offsets are UTF-16, into the text that was scanned. */
export interface Scan {
  readonly text: string;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** In text order. */
  readonly hits: readonly Hit[];
}

const NONE: readonly number[] = [];

/** Finds the words and all phrases of a text, in time linear in its length. */
export function scanText(text: string, lexicon: Lexicon): Scan {
  const starts: number[] = [];
  const ends: number[] = [];
  const numbers: (readonly number[])[] = [];
  let index = 0;
  while (index < text.length) {
    if (foldCode(text.charCodeAt(index)) <= SEPARATOR) {
      index++;
      continue;
    }
    starts.push(index);
    const found: number[] = [];
    index = readWord(text, index, lexicon.root, found);
    ends.push(index);
    numbers.push(found.length === 0 ? NONE : found);
  }
  return { text, starts, ends, hits: findPhrases(numbers, lexicon) };
}

/** Walks one word down the trie, collecting the stems on the way and the whole word at its end. */
function readWord(text: string, from: number, root: LetterNode, found: number[]): number {
  let node: LetterNode | undefined = root;
  let index = from;
  for (; index < text.length; index++) {
    const code = text.charCodeAt(index);
    const folded = foldCode(code);
    if (folded === SEPARATOR) break;
    if (folded === IGNORED || node === undefined) continue;
    node = step(node, folded, found);
    const tail = foldTail(code);
    if (tail !== SEPARATOR && node !== undefined) node = step(node, tail, found);
  }
  if (node?.word !== undefined) found.push(node.word);
  return index;
}

function step(node: LetterNode, code: number, found: number[]): LetterNode | undefined {
  const next = node.next.get(code);
  if (next?.stem !== undefined) found.push(next.stem);
  return next;
}

function findPhrases(numbers: readonly (readonly number[])[], lexicon: Lexicon): Hit[] {
  const hits: Hit[] = [];
  for (const [word, candidates] of numbers.entries()) {
    for (const number of candidates) {
      for (const { rest, phrases } of lexicon.byFirstWord.get(number) ?? []) {
        if (rest.every((next, offset) => numbers[word + 1 + offset]?.includes(next))) {
          for (const phrase of phrases) hits.push({ phrase, word });
        }
      }
    }
  }
  return hits;
}
