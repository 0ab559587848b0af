import type { FeatureBlocks } from '../model/linear-model.ts';
import { createWordReader, hashWord } from './read-words.ts';
import { CLASS, CLASSES, classesOf } from './word-classes.ts';

export const INJECTION_BITS = 18;
const [WORD_BITS, LETTER_BITS, SENSE_BITS] = [17, 16, 16] as const;
const [LETTERS_FROM, SENSE_FROM] = [2 ** 17, 2 ** 17 + 2 ** 16] as const;
const GOLDEN = 0x9e3779b1;

/** Signs that any of the marks needs: most sentences have none of them. */
const ANY_SIGN = /[[\]<>|#*=_~`!({$%&@"'“”«»/:\\-]|[A-Za-z0-9+]{32}|\.(?:com|io|ai|net|org|xyz)/;
/** What a text to a machine looks like, in any language. */
const MARKS: readonly RegExp[] = [
  /\[\/?inst\]|<\|[a-z_]{2,20}\|?>|<<\/?sys>>|<\/?(?:system|user|assistant|instructions?|secret|prompt)>/i,
  /^\s{0,5}[#*>[-]{0,5}\s{0,3}(?:system|assistant|user|instructions?|prompt|developer)\b[^.!?]{0,20}[:\]]/i,
  /[-=#*~_]{4}|```|"""/,
  /!\[[^\]]{0,80}\]\(/,
  /[A-Za-z0-9+/]{32}|(?:\\x[0-9a-f]{2}){4}|(?:%[0-9a-f]{2}){5}|&#\d{2,5};&#/i,
  /<[a-z][a-z_ -]{2,30}>|\{\{?[a-z_ ]{2,30}\}|\[[A-Z_]{3,20}\]|\$\{/,
  /\bon(?:error|load)\s{0,2}=|javascript:|<(?:img|svg|script|a)\b/i,
  /\b[a-z_]{3,30}\(["'][^)]{0,80}\)/,
  /["'“”«»„][^"“”«»]{2,200}["'“”«»]/,
  /https?:\/\/|www\.|\b[a-z0-9-]{2,40}\.(?:com|io|ai|net|org|xyz)\b/i,
  /[\w.+-]{1,40}@[\w-]{1,40}\./,
];
const OTHER_SCRIPT = /[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/u;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the range of ASCII.
const ASCII = /^[\x00-\x7f]*$/;

const read = createWordReader();
/** Most that a sentence has of each block: three for each word; each letter; the classes and their pairs. */
const words = new Int32Array(400);
const letters = new Int32Array(300);
const sense = new Int32Array(220);

/** A feature of a field (a small number) and a value: its index in the block of `bits`. */
function indexOf(field: number, value: number, bits: number): number {
  const hash = Math.imul(value ^ Math.imul(field, 0x85ebca6b), 0xc2b2ae35);
  return Math.imul(hash ^ (hash >>> 15), GOLDEN) >>> (32 - bits);
}

/**
 * What the injection model reads of one sentence: its words in order, its letters, and what its words do there. A
 * feature that comes twice counts twice, so that the features of a window are those of its sentences, one after the other.
 */
export function injectionFeatures(sentence: string): FeatureBlocks {
  const found = read(sentence);
  const { hashes, count, length } = found;
  let at = 0;
  const word = (field: number, value: number) => {
    words[at] = indexOf(field, value, WORD_BITS);
    at += 1;
  };
  for (let i = 0; i < count; i += 1) {
    const own = hashes[i] ?? 0;
    word(1, own);
    if (i + 1 < count) word(2, Math.imul(own, 31) + (hashes[i + 1] ?? 0));
    if (i + 2 < count) word(3, Math.imul(own, 31) + (hashes[i + 2] ?? 0));
  }
  word(4, hashes[0] ?? 0);
  word(5, Math.imul(hashes[0] ?? 0, 31) + (hashes[1] ?? 0));
  word(6, Math.min(6, Math.floor(Math.log2(count + 1))));
  if (!ASCII.test(sentence) && OTHER_SCRIPT.test(sentence)) word(7, 1);
  const grams = Math.max(0, length - 3);
  for (let i = 0; i < grams; i += 1)
    letters[i] = LETTERS_FROM + indexOf(8, gramAt(found.letters, i), LETTER_BITS);
  const senses = addSense(sentence, hashes, count);
  return [words.slice(0, at), letters.slice(0, grams), sense.slice(0, senses)];
}

function gramAt(codes: Uint16Array, at: number): number {
  let hash = codes[at] ?? 0;
  for (let i = 1; i < 4; i += 1) hash = Math.imul(hash, 0x01000193) ^ (codes[at + i] ?? 0);
  return hash;
}

const OPENERS: ReadonlySet<number> = new Set(
  'please kindly now then also and but so just simply could can would will in within at the end of bitte veuillez merci por per favor favore'
    .split(' ')
    .map(hashWord),
);
const FIRST_SORTS = CLASS.task | CLASS.edit | CLASS.question | CLASS.override;
const DEEPEST_OPENER = 6;

/**
 * Which marks and classes of words are there, which meet, and how the sentence opens: an order to a machine seldom
 * speaks of who writes it, or of anything that both sides know. Returns how many features.
 */
function addSense(sentence: string, hashes: Int32Array, count: number): number {
  let size = 0;
  const add = (field: number, value: number) => {
    sense[size] = SENSE_FROM + indexOf(field, value, SENSE_BITS);
    size += 1;
  };
  if (ANY_SIGN.test(sentence))
    for (const [i, pattern] of MARKS.entries()) if (pattern.test(sentence)) add(10, i);
  if (/[?？]/.test(sentence)) add(10, 99);
  let present = 0;
  for (let i = 0; i < count; i += 1) present |= classesOf(hashes[i] ?? 0);
  let opener = 0;
  while (opener < Math.min(count - 1, DEEPEST_OPENER) && isOpener(hashes[opener] ?? 0)) opener += 1;
  const first = classesOf(hashes[opener] ?? 0) & FIRST_SORTS;
  const near = present & (CLASS.writer | CLASS.reader | CLASS.pointer);
  const opening = first * 1024 + near;
  add(11, first * 2 + (opener > 0 ? 1 : 0));
  add(12, near);
  add(13, opening);
  add(14, opening * 8 + Math.min(5, count >> 2));
  for (let one = 0; one < CLASSES; one += 1) {
    if ((present & (1 << one)) === 0) continue;
    add(15, one);
    add(16, first * 32 + one);
    add(17, near * 32 + one);
    for (let other = one + 1; other < CLASSES; other += 1)
      if ((present & (1 << other)) !== 0) add(18, one * 32 + other);
  }
  return size;
}

function isOpener(hash: number): boolean {
  const classes = classesOf(hash);
  return OPENERS.has(hash) || classes === CLASS.reader || classes === CLASS.answer;
}
