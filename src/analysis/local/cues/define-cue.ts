import type { Cue } from './cue.ts';

/** Phrases are given as one text with commas for each language. */
export function defineCue(id: string, phrases: Readonly<Record<string, string>>): Cue {
  const signals = Object.entries(phrases).map(([language, text]) => [language, text.split(/,\s*/)] as const);
  return { id, signals: Object.fromEntries(signals) };
}
