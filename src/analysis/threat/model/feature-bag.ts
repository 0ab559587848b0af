/** Hashed features (Weinberger et al., 2009), each counted once: presence says more than frequency in mail. */
export interface FeatureBag {
  add(field: string, value: string): void;
  /** The same as `add` of `text.slice(start, end)`, which is never made. */
  addSlice(field: string, text: string, start: number, end: number): void;
  /** Each index once, in the order they came. A copy. */
  indices(): Int32Array;
}

/** More are no news, and an attacker chooses how many there are. */
const MOST = 6000;
const OFFSET = 0x811c9dc5;
const PRIME = 0x01000193;
const GOLDEN = 0x9e3779b1;
const seeds = new Map<string, number>();

/** Indices lie in [first, first + 2^bits). */
export function createFeatureBag(bits: number, first = 0): FeatureBag {
  // An open-addressed set of index + 1: a Set of numbers costs more than all the hashing.
  let slots = new Int32Array(256);
  let found = new Int32Array(128);
  let count = 0;
  const add = (hash: number) => {
    if (count >= MOST) return;
    // Fibonacci hashing takes the index from the high bits: the low ones of FNV-1a are weak.
    const index = first + (Math.imul(hash ^ (hash >>> 15), GOLDEN) >>> (32 - bits));
    if (!claim(slots, index)) return;
    if (count === found.length) {
      found = grow(found);
      slots = new Int32Array(slots.length * 2);
      for (const one of found.subarray(0, count)) claim(slots, one);
      claim(slots, index);
    }
    found[count] = index;
    count += 1;
  };
  return {
    indices: () => found.slice(0, count),
    add: (field, value) => add(hash(seedOf(field), value, 0, value.length)),
    addSlice: (field, text, start, end) => add(hash(seedOf(field), text, start, end)),
  };
}

/** False when it is there already. */
function claim(slots: Int32Array, index: number): boolean {
  const mask = slots.length - 1;
  let at = Math.imul(index, GOLDEN) & mask;
  for (let held = slots[at] ?? 0; held !== 0; held = slots[at] ?? 0) {
    if (held === index + 1) return false;
    at = (at + 1) & mask;
  }
  slots[at] = index + 1;
  return true;
}

function grow(from: Int32Array): Int32Array<ArrayBuffer> {
  const to = new Int32Array(from.length * 2);
  to.set(from);
  return to;
}

function seedOf(field: string): number {
  const known = seeds.get(field);
  if (known !== undefined) return known;
  const seed = mixed(OFFSET, `${field} `);
  seeds.set(field, seed);
  return seed;
}

function mixed(seed: number, text: string): number {
  const value = hash(seed, text, 0, text.length);
  return value ^ (value >>> 15);
}

/** FNV-1a. */
function hash(seed: number, text: string, start: number, end: number): number {
  let value = seed;
  for (let i = start; i < end; i += 1) value = Math.imul(value ^ text.charCodeAt(i), PRIME);
  return value;
}
