/** Hashed features (Weinberger et al., 2009), each counted once: presence says more than frequency in mail. */
export interface FeatureBag {
  add(field: string, value: string): void;
  readonly indices: ReadonlySet<number>;
}

/** More are no news, and an attacker chooses how many there are. */
const MOST = 6000;
const OFFSET = 0x811c9dc5;
const PRIME = 0x01000193;
const GOLDEN = 0x9e3779b1;

/** Indices lie in [first, first + 2^bits). */
export function createFeatureBag(bits: number, first = 0): FeatureBag {
  const indices = new Set<number>();
  const seeds = new Map<string, number>();
  const seedOf = (field: string) => {
    const known = seeds.get(field);
    if (known !== undefined) return known;
    const seed = hash(OFFSET, `${field} `);
    seeds.set(field, seed);
    return seed;
  };
  return {
    indices,
    add(field, value) {
      // Fibonacci hashing takes the index from the high bits: the low ones of FNV-1a are weak.
      if (indices.size < MOST)
        indices.add(first + (Math.imul(hash(seedOf(field), value), GOLDEN) >>> (32 - bits)));
    },
  };
}

/** FNV-1a. */
function hash(seed: number, text: string): number {
  let value = seed;
  for (let i = 0; i < text.length; i += 1) value = Math.imul(value ^ text.charCodeAt(i), PRIME);
  return value ^ (value >>> 15);
}
