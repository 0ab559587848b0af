import { foldWords } from './fold-words.ts';

export interface SignalWord {
  /** Folded: without case and accents. */
  readonly text: string;
  /** Matches any word that begins with it. */
  readonly isStem: boolean;
}

export interface Signal {
  readonly words: readonly SignalWord[];
  /** How much more than a plain phrase it counts; 1 without `^n`. */
  readonly boost: number;
  /** Why it cannot be used, as the end of a sentence; undefined when it can. */
  readonly fault: string | undefined;
}

const BOOST = /\^([^^]*)$/;

/** Reads one phrase of a taxonomy: words, `*` for any ending of the word before it, `^2` for its boost. */
export function parseSignal(phrase: string): Signal {
  const boostText = BOOST.exec(phrase)?.[1];
  const boost = boostText === undefined ? 1 : Number(boostText);
  const words = phrase
    .replace(BOOST, '')
    .split(/\s+/)
    .flatMap((part) => toWords(part));
  return { words, boost, fault: findFault(words, boost) };
}

function toWords(part: string): SignalWord[] {
  const folded = foldWords(part);
  return folded.map((text, index) => ({ text, isStem: part.endsWith('*') && index === folded.length - 1 }));
}

function findFault(words: readonly SignalWord[], boost: number): string | undefined {
  if (!(boost > 0 && boost <= 10)) return 'has a boost that is no number above 0 and up to 10: write `^2`';
  if (words.length === 0) return 'holds no word';
  if (words.length > 8) return 'is longer than 8 words';
  if (words.some((word) => word.isStem && word.text.length < 3)) return 'needs three letters before `*`';
  return undefined;
}
