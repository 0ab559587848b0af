import { type Gazetteer, hashWord } from './gazetteer.ts';
import { hashText, mix } from './hash.ts';
import type { Token } from './tokens.ts';

/** What is looked at of one token by itself. */
interface Seen {
  readonly word: number;
  readonly shape: number;
  readonly form: number;
  readonly suffix: number;
  readonly prefix: number;
  readonly lists: number;
  readonly breaks: number;
  readonly taken: number;
}

const EDGE: Seen = { word: 1, shape: 1, form: 1, suffix: 1, prefix: 1, lists: 0, breaks: 2, taken: 0 };

/**
 * Hashes of the features of each token: its word, shape, affixes and lists, the same of two neighbours on each side,
 * and pairs of them. `taken` tells tokens that a pattern has claimed; `forget` leaves a word out, for training.
 */
export function toFeatures(
  tokens: readonly Token[],
  gazetteers: readonly Gazetteer[],
  taken: (index: number) => boolean,
  forget: (index: number) => boolean = () => false,
): Int32Array[] {
  const seen = tokens.map((token, i) => look(token, gazetteers, taken(i), forget(i)));
  return tokens.map((_, i) => {
    const at = (offset: number) => seen[i + offset] ?? EDGE;
    return combine(at(-2), at(-1), at(0), at(1), at(2), at(3));
  });
}

function look(token: Token, gazetteers: readonly Gazetteer[], taken: boolean, forget: boolean): Seen {
  const { text } = token;
  const lower = text.toLowerCase();
  let lists = 0;
  const [one, two] = hashWord(lower);
  for (const [i, gazetteer] of gazetteers.entries()) if (gazetteer.has(one, two)) lists |= 1 << i;
  return {
    word: forget ? 7 : hashText(/^\p{N}/u.test(text) ? '0' : lower),
    shape: hashText(shapeOf(text)),
    form: formOf(text),
    suffix: forget ? 7 : hashText(lower.slice(-3)),
    prefix: forget ? 7 : hashText(lower.slice(0, 3)),
    lists,
    breaks: token.breaks,
    taken: taken ? 1 : 0,
  };
}

function combine(p2: Seen, p1: Seen, t: Seen, n1: Seen, n2: Seen, n3: Seen): Int32Array {
  const kind = t.form * 256 + t.lists;
  const kindBefore = p1.form * 256 + p1.lists;
  const kindAfter = n1.form * 256 + n1.lists;
  const values = [
    3,
    t.word,
    t.shape,
    kind,
    t.suffix,
    t.prefix,
    mix(t.form, t.suffix),
    mix(kind, t.breaks),
    p1.word,
    n1.word,
    p2.word,
    n2.word,
    mix(p1.word, p2.word),
    mix(n1.word, n2.word),
    mix(p1.word, kind),
    mix(n1.word, kind),
    mix(p1.word, t.word),
    kindBefore,
    kindAfter,
    mix(kind, kindBefore),
    mix(kind, kindAfter),
    mix(mix(kindBefore, kind), kindAfter),
    mix(p1.shape, t.shape),
    mix(t.shape, n1.shape),
    mix(p2.form * 256 + p2.lists, kind),
    mix(n2.form * 256 + n2.lists, kind),
    mix(mix(p1.word, p2.word), t.form),
    mix(t.breaks * 4 + n1.breaks, t.form),
    mix(mix(p1.taken * 2 + n1.taken, n2.taken), t.form),
    mix(mix(n1.shape, n2.shape), t.shape),
    mix(mix(n2.word, n1.word), t.form),
    mix(n3.form * 256 + n3.lists, mix(n2.breaks, t.form)),
  ];
  const hashes = new Int32Array(values.length);
  for (let i = 0; i < hashes.length; i++) hashes[i] = mix(values[i] ?? 0, i * 0x3d4d51cb);
  return hashes;
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
