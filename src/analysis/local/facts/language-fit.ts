import type { Phrase } from '../lexicon/lexicon.ts';

/** Shorter words mean too many things in too many languages. */
const UNMISTAKABLE_LETTERS = 6;

/**
 * How much a phrase counts in a message of this language (ISO 639-1, or `und`): 1 when it is of that language or of any,
 * half when it is foreign but unmistakable (English in German mail, a wrong guess of the language), else 0.
 */
export function languageFit(phrase: Phrase, language: string): number {
  const { languages } = phrase;
  if (languages.has(language) || languages.has('*') || language === 'und') return 1;
  return phrase.text.length >= UNMISTAKABLE_LETTERS ? 0.5 : 0;
}
