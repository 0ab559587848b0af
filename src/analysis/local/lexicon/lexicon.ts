/** What a phrase stands for: a category id, or a cue of the engine (`urgency`, `negation`). */
export interface Target {
  readonly kind: 'category' | 'cue';
  readonly id: string;
}

/** One phrase as it was written, ready to be found. */
export interface Phrase {
  readonly target: Target;
  /** For people: without boost and stars. */
  readonly text: string;
  /** How many words it spans. */
  readonly length: number;
  /** Longer phrases and boosted ones weigh more; a plain word is 1. */
  readonly weight: number;
  /** ISO 639-1; holds `*` when it counts in every language. */
  readonly languages: ReadonlySet<string>;
}

/** A letter of the trie over words. Word numbers are the alphabet of the phrase index. */
export interface LetterNode {
  readonly next: Map<number, LetterNode>;
  word: number | undefined;
  stem: number | undefined;
}

export interface IndexedPhrase {
  /** Word numbers after the first one. */
  readonly rest: readonly number[];
  readonly phrases: Phrase[];
}

/** All phrases of the engine, compiled once, so that one pass over a text finds them all. */
export interface Lexicon {
  readonly root: LetterNode;
  /** By the number of the first word. */
  readonly byFirstWord: ReadonlyMap<number, readonly IndexedPhrase[]>;
}
