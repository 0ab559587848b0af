import { hashText } from './hash.ts';

const HASHES = 5;
const BITS_PER_WORD = 9;

/** A set of words that is wrong about one word in a hundred (Bloom, 1970), and small. */
export interface Gazetteer {
  readonly bits: Uint8Array;
  /** Asked by the hashes of `hashWord`. */
  has(one: number, two: number): boolean;
}

export function createGazetteer(bits: Uint8Array): Gazetteer {
  const size = bits.length * 8;
  return {
    bits,
    has(one, two) {
      for (let i = 0; i < HASHES; i++) {
        const place = (one + i * two) % size;
        if (((bits[place >>> 3] ?? 0) & (1 << (place & 7))) === 0) return false;
      }
      return true;
    },
  };
}

/** The two hashes that all lists ask for one word. */
export function hashWord(word: string): readonly [number, number] {
  return [hashText(word) >>> 0, (hashText(word, 0x1234567) | 1) >>> 0];
}

/** The bits of a gazetteer that holds `words`. */
export function fillGazetteer(words: ReadonlySet<string>): Uint8Array {
  const bits = new Uint8Array(Math.max(8, Math.ceil((words.size * BITS_PER_WORD) / 8)));
  for (const word of words) {
    for (const place of placesOf(word, bits.length * 8)) {
      bits[place >>> 3] = (bits[place >>> 3] ?? 0) | (1 << (place & 7));
    }
  }
  return bits;
}

function placesOf(word: string, size: number): number[] {
  const [one, two] = hashWord(word);
  return Array.from({ length: HASHES }, (_, i) => (one + i * two) % size);
}
