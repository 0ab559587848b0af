import { createGlossary, type Glossary } from './create-glossary.ts';
import { type Gazetteer, hashWord } from './gazetteer.ts';
import { hashText, mix } from './hash.ts';
import { LIST } from './is-listed.ts';
import type { Token } from './tokens.ts';

/** Features of one token; the second and the fourth tell its look. */
export const FEATURES = 32;
export const SHAPE_FEATURE = 1;
export const KIND_FEATURE = 3;

/** What is looked at of one token by itself: columns of a row of numbers. */
const [WORD, SHAPE, FORM, SUFFIX, PREFIX, LISTS, BREAKS, TAKEN, SEEN] = [0, 1, 2, 3, 4, 5, 6, 7, 8] as const;
/** The first columns tell of the word alone. */
const LOOKS = 6;
/** Rows before the first and after the last token. */
const [BEFORE, AFTER] = [2, 3] as const;
const EDGE = [1, 1, 1, 1, 1, 0, 2, 0] as const;
const FORGOTTEN = 7;
const [WORDLESS, LISTED, UNLISTED] = [0.3, 0.2, 0.45] as const;
/** The list of everyday words stays: a name that no list knows is none of those. */
const KEPT = 1 << LIST.common;
const SALTS = Int32Array.from({ length: FEATURES }, (_, i) => i * 0x3d4d51cb);

/**
 * Hashes of the features of each token, `FEATURES` each, one after the other: its word, shape, affixes and lists, the
 * same of two neighbours on each side, and pairs of them. `taken`: 1 for tokens that a pattern has claimed; `forget`
 * (from 0 to 1) leaves a word out below `WORDLESS`, and its lists between `LISTED` and `UNLISTED`, for training.
 */
export function toFeatures(
  tokens: readonly Token[],
  gazetteers: readonly Gazetteer[],
  taken: Uint8Array,
  forget?: () => number,
): Int32Array {
  const seen = new Int32Array((BEFORE + tokens.length + AFTER) * SEEN);
  for (let row = 0; row < BEFORE; row++) seen.set(EDGE, row * SEEN);
  for (let row = 0; row < AFTER; row++) seen.set(EDGE, (BEFORE + tokens.length + row) * SEEN);
  const glossary = glossaryOf(gazetteers);
  for (let i = 0; i < tokens.length; i++) {
    const { text, breaks } = tokens[i] as Token;
    const at = (BEFORE + i) * SEEN;
    const row = glossary.rowOf(text);
    for (let column = 0; column < LOOKS; column++) seen[at + column] = glossary.looks[row + column] ?? 0;
    seen[at + BREAKS] = breaks;
    seen[at + TAKEN] = taken[i] ?? 0;
  }
  if (forget !== undefined) forgetSome(seen, tokens.length, forget);
  const features = new Int32Array(tokens.length * FEATURES);
  for (let i = 0; i < tokens.length; i++) combine(seen, i * SEEN, features, i * FEATURES);
  for (let i = 0; i < features.length; i++) features[i] = mix(features[i] ?? 0, SALTS[i % FEATURES] ?? 0);
  return features;
}

/** By the lists that words were looked up in. */
const glossaries = new WeakMap<readonly Gazetteer[], Glossary>();

function glossaryOf(gazetteers: readonly Gazetteer[]): Glossary {
  const known =
    glossaries.get(gazetteers) ??
    createGlossary(LOOKS, (word, looks, at) => lookAt(word, gazetteers, looks, at));
  glossaries.set(gazetteers, known);
  return known;
}

function forgetSome(seen: Int32Array, count: number, forget: () => number): void {
  for (let i = 0; i < count; i++) {
    const draw = forget();
    const at = (BEFORE + i) * SEEN;
    if (draw < WORDLESS) for (const column of [WORD, SUFFIX, PREFIX]) seen[at + column] = FORGOTTEN;
    if (draw >= LISTED && draw < UNLISTED) seen[at + LISTS] = (seen[at + LISTS] ?? 0) & KEPT;
  }
}

function lookAt(text: string, gazetteers: readonly Gazetteer[], seen: Int32Array, at: number): void {
  const lower = text.toLowerCase();
  let lists = 0;
  const [one, two] = hashWord(lower);
  for (let i = 0; i < gazetteers.length; i++) if (gazetteers[i]?.has(one, two) === true) lists |= 1 << i;
  seen[at + WORD] = hashText(/^\p{N}/u.test(text) ? '0' : lower);
  seen[at + SHAPE] = shapeHash(text);
  seen[at + FORM] = formOf(text);
  seen[at + SUFFIX] = hashText(lower.slice(-3));
  seen[at + PREFIX] = hashText(lower.slice(0, 3));
  seen[at + LISTS] = lists;
}

function kindAt(seen: Int32Array, row: number): number {
  return (seen[row + FORM] ?? 0) * 256 + (seen[row + LISTS] ?? 0);
}

/** `p2` is the row of the token two before the one that is described. */
function combine(seen: Int32Array, p2: number, out: Int32Array, at: number): void {
  const p1 = p2 + SEEN;
  const own = p1 + SEEN;
  const n1 = own + SEEN;
  const n2 = n1 + SEEN;
  const word = seen[own + WORD] ?? 0;
  const shape = seen[own + SHAPE] ?? 0;
  const form = seen[own + FORM] ?? 0;
  const suffix = seen[own + SUFFIX] ?? 0;
  const before = seen[p1 + WORD] ?? 0;
  const after = seen[n1 + WORD] ?? 0;
  const before2 = seen[p2 + WORD] ?? 0;
  const after2 = seen[n2 + WORD] ?? 0;
  const kind = kindAt(seen, own);
  const kindBefore = kindAt(seen, p1);
  const kindAfter = kindAt(seen, n1);
  const breaks = seen[own + BREAKS] ?? 0;
  out[at] = 3;
  out[at + SHAPE_FEATURE] = word;
  out[at + 2] = shape;
  out[at + KIND_FEATURE] = kind;
  out[at + 4] = suffix;
  out[at + 5] = seen[own + PREFIX] ?? 0;
  out[at + 6] = mix(form, suffix);
  out[at + 7] = mix(kind, breaks);
  out[at + 8] = before;
  out[at + 9] = after;
  out[at + 10] = before2;
  out[at + 11] = after2;
  out[at + 12] = mix(before, before2);
  out[at + 13] = mix(after, after2);
  out[at + 14] = mix(before, kind);
  out[at + 15] = mix(after, kind);
  out[at + 16] = mix(before, word);
  out[at + 17] = kindBefore;
  out[at + 18] = kindAfter;
  out[at + 19] = mix(kind, kindBefore);
  out[at + 20] = mix(kind, kindAfter);
  out[at + 21] = mix(mix(kindBefore, kind), kindAfter);
  out[at + 22] = mix(seen[p1 + SHAPE] ?? 0, shape);
  out[at + 23] = mix(shape, seen[n1 + SHAPE] ?? 0);
  out[at + 24] = mix(kindAt(seen, p2), kind);
  out[at + 25] = mix(kindAt(seen, n2), kind);
  out[at + 26] = mix(mix(before, before2), form);
  out[at + 27] = mix(breaks * 4 + (seen[n1 + BREAKS] ?? 0), form);
  out[at + 28] = mix(mix((seen[p1 + TAKEN] ?? 0) * 2 + (seen[n1 + TAKEN] ?? 0), seen[n2 + TAKEN] ?? 0), form);
  out[at + 29] = mix(mix(seen[n1 + SHAPE] ?? 0, seen[n2 + SHAPE] ?? 0), shape);
  out[at + 30] = mix(mix(after2, after), form);
  out[at + 31] = mix(kindAt(seen, n2 + SEEN), mix(seen[n2 + BREAKS] ?? 0, form));
}

const SMALL = /^[a-z]{2,20}$/;
const CAPITAL = /^[A-Z][a-z]{1,19}$/;
const SMALL_SHAPES = [hashText('x'), hashText('xxx')] as const;
const CAPITAL_SHAPES = [hashText('Xx'), hashText('Xxxx')] as const;

/** The hash of the shape; most words have one of four. */
function shapeHash(text: string): number {
  if (SMALL.test(text)) return text.length > 3 ? SMALL_SHAPES[1] : SMALL_SHAPES[0];
  if (CAPITAL.test(text)) return text.length > 4 ? CAPITAL_SHAPES[1] : CAPITAL_SHAPES[0];
  return hashText(shapeOf(text));
}

/** `Xx`, `X`, `x`, `Xx'X`, digits by their number up to six, a sign as itself. */
function shapeOf(text: string): string {
  if (/^\p{N}/u.test(text)) return '9'.repeat(Math.min(6, text.length));
  if (!/^\p{L}/u.test(text)) return text;
  return text
    .slice(0, 20)
    .replace(/\p{Lu}+/gu, (run) => (run.length > 1 ? 'XX' : 'X'))
    .replace(/[\p{Ll}\p{Lo}\p{M}]+/gu, (run) => (run.length > 3 ? 'xxx' : 'x'));
}

function formOf(text: string): number {
  if (/^\p{N}/u.test(text)) return text.length === 4 ? 2 : text.length === 5 ? 3 : 4;
  if (!/^\p{L}/u.test(text)) return text === '.' ? 5 : text === ',' ? 6 : 7;
  if (!/^\p{Lu}/u.test(text)) return 8;
  if (text.length === 1) return 9;
  return text === text.toUpperCase() ? 10 : 11;
}
